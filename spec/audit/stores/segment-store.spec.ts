import { SegmentSetup } from './segment-setup.js';
import { describeStore } from './store-contract.js';
import { describeStoreBounds } from './store-contract-bounds.js';
import { describeStoreFaults } from './store-contract-faults.js';

describe('the segment store', () => {
  describe('as a store', () => describeStore(() => new SegmentSetup()));
  describe('with bounds', () => describeStoreBounds(() => new SegmentSetup()));
  describe('with faults', () => describeStoreFaults(() => new SegmentSetup()));
  describe('where nothing writes through', () => {
    describeStore(() => new SegmentSetup(false));
    describeStoreFaults(() => new SegmentSetup(false));
  });
});
