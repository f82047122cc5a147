import type { Warning } from '../core/diagnostics.js';
import type { ExceptionSignal } from '../core/state.js';
import type { Resolution } from './resolution.js';

const KILL_SWITCHES = [
  ['SPANWRIGHT_DISABLE_ALL', true],
  ['OTEL_SDK_DISABLED', true],
  ['SPANWRIGHT_OBSERVABILITY_ENABLED', false],
] as const;

/** The variable that switches tracing off, if one does. All are read: each may hold something that is not allowed. */
export function findKillSwitch(resolution: Resolution): string | undefined {
  const values = KILL_SWITCHES.map(([name, off]) => ({ name, isOff: resolution.flag(name, ['enabled']) === off }));
  return values.find(({ isOff }) => isOff)?.name;
}

/** The variable that tells a CI run, unless destinations beyond this machine are wanted there. */
export function findCi(resolution: Resolution): string | undefined {
  if (resolution.flag('SPANWRIGHT_ENABLE_IN_CI', ['destinations']) === true) return undefined;
  return ['CI', 'GITHUB_ACTIONS'].find((name) => {
    const text = resolution.variable(name)?.toLowerCase();
    return text !== undefined && text !== 'false' && text !== '0';
  });
}

const SIGNAL = 'OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN';

/** Where thrown errors are written. The list is shared with other libraries: words that we do not know only warn. */
export function readExceptionSignal(resolution: Resolution): ExceptionSignal {
  const words = (resolution.variable(SIGNAL) ?? '').split(',').map((word) => word.trim().toLowerCase());
  const unknown = words.filter((word) => !['', 'logs', 'logs/dup'].includes(word));
  if (unknown.length > 0) {
    const warning: Warning = {
      code: 'CONFIG_VARIABLE_IGNORED',
      message: `${SIGNAL} holds words that are not known here`,
      hint: 'known are logs and logs/dup',
    };
    resolution.warnings.push(warning);
  }
  const signal = words.includes('logs/dup') ? 'both' : words.includes('logs') ? 'log' : 'event';
  resolution.sources['exceptionSignal'] = signal === 'event' ? 'default' : SIGNAL;
  return signal;
}
