// node program.js <scenario>: KIND in the environment says whether the actor is decorated and traced.
import type { ScenarioName } from './scenarios.js';
import { scenarios } from './scenarios.js';

const { actor } = (await import(
  process.env['KIND'] === 'plain' ? './plain-actor.js' : './traced-actor.js'
)) as typeof import('./plain-actor.js');
await scenarios[process.argv[2] as ScenarioName](actor);
