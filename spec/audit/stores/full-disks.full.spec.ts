import { describeFullDisks } from './full-disks.js';

describe('a disk that fills, at 200 sizes', () => describeFullDisks(100));
