import type { SamplingRule } from '../pipeline/sampler.js';
import type { CheckedOptions } from './check.js';
import { nearestName } from './suggest.js';
import { expectedOneOf } from './option-rules.js';
import type { Resolution } from './resolution.js';

const PATH = ['sampling', 'ratio'];
const SAMPLER = 'OTEL_TRACES_SAMPLER';
const ARGUMENT = 'OTEL_TRACES_SAMPLER_ARG';

const SAMPLERS: Readonly<Record<string, SamplingRule>> = {
  always_on: { kind: 'always_on', ratio: 1 },
  always_off: { kind: 'always_off', ratio: 0 },
  traceidratio: { kind: 'ratio', ratio: 1 },
  parentbased_always_on: { kind: 'parent_always_on', ratio: 1 },
  parentbased_always_off: { kind: 'parent_always_off', ratio: 0 },
  parentbased_traceidratio: { kind: 'parent_ratio', ratio: 1 },
};

function readRatio(resolution: Resolution): number {
  const text = resolution.variable(ARGUMENT);
  if (text === undefined) return 1;
  const ratio = /^(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?$/i.test(text) ? Number(text) : -1;
  if (ratio >= 0 && ratio <= 1) return ratio;
  resolution.complain(ARGUMENT, PATH, text, 'a number from 0 to 1');
  return 1;
}

function readSampler(resolution: Resolution): SamplingRule | undefined {
  const text = resolution.variable(SAMPLER);
  if (text === undefined) {
    if (resolution.variable(ARGUMENT) !== undefined) {
      resolution.warnings.push({
        code: 'CONFIG_VARIABLE_IGNORED',
        message: `${ARGUMENT} has no effect without ${SAMPLER}`,
        hint: `set ${SAMPLER}=parentbased_traceidratio`,
      });
    }
    return undefined;
  }
  const names = Object.keys(SAMPLERS);
  const name = text.toLowerCase();
  const rule = Object.hasOwn(SAMPLERS, name) ? SAMPLERS[name] : undefined;
  if (rule === undefined) {
    const near = nearestName(text, names);
    return resolution.complain(SAMPLER, PATH, text, expectedOneOf(names), near && `did you mean ${near}?`);
  }
  return rule.kind === 'ratio' || rule.kind === 'parent_ratio' ? { ...rule, ratio: readRatio(resolution) } : rule;
}

function toRule(options: CheckedOptions): SamplingRule | undefined {
  const ratio = options.sampling?.ratio;
  return ratio === undefined ? undefined : { kind: 'parent_ratio', ratio };
}

/** Resolves which traces are kept. */
export function resolveSampling(resolution: Resolution, code: CheckedOptions, file: CheckedOptions): SamplingRule {
  return resolution.pickOr<SamplingRule>(
    PATH,
    [
      ['code', () => toRule(code)],
      [SAMPLER, () => readSampler(resolution)],
      ['file', () => toRule(file)],
    ],
    { kind: 'parent_ratio', ratio: 1 },
  );
}
