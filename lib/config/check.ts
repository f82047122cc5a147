import type { ValidationError } from 'class-validator';
import { SpanwrightError } from '../core/errors.js';
import { AUDIT_IN_CODE, copyAudit, EXPECTED_AUDIT, OFF_IN_CODE } from './audit-checks.js';
import type { ResourceAttributes } from './entries.js';
import { checkHeaders, checkResource } from './entries.js';
import type { Plain } from './input.js';
import { copyInput, isPlain } from './input.js';
import type { OptionClasses } from './option-classes.js';
import { defineOptionClasses } from './option-classes.js';
import { expectedOneOf } from './option-rules.js';
import type { DestinationOptions, TracingOptions } from './options.js';
import type { Provider } from './presets/known-presets.js';
import { PRESETS, PROVIDERS, presetName } from './presets/known-presets.js';
import type { Preset } from './presets/preset.js';
import type { ConfigProblem, Path } from './problems.js';
import { printKind, printPath, printValue } from './problems.js';
import { hintFor, nearestName } from './suggest.js';
import type { Validators } from './validators.js';
import { loadValidators } from './validators.js';

/** Options of one source after the check: what is not allowed is gone and stands among the problems. */
export interface CheckedOptions extends Omit<TracingOptions, 'destinations' | 'resource'> {
  readonly resource?: ResourceAttributes;
  /** In the order given; `undefined` where nobody can tell which destination is meant. */
  readonly destinations?: readonly (DestinationOptions | undefined)[];
}

/** Where options come from. */
export interface OptionSource {
  readonly kind: 'code' | 'file';
  /** As problems name it: `code`, `file <path>` or the variable that names destinations. */
  readonly label: string;
}

// options → destinations → destination → filter → dropWhere → entry → value.
const DEPTH = 6;
const GROUPS = ['batch', 'breaker', 'health', 'limits', 'filter', 'tls'] as const;
const CODE_ONLY = ['logger', 'configFile'];
const KEPT = ['logger', 'redact', 'exporter', 'audit'];

let loaded: { validators: Validators; classes: OptionClasses } | undefined;

function tools(): { validators: Validators; classes: OptionClasses } {
  if (loaded === undefined) {
    const validators = loadValidators();
    loaded = { validators, classes: defineOptionClasses(validators) };
  }
  return loaded;
}

function validate(validators: Validators, target: object): ValidationError[] {
  try {
    return new validators.Validator().validateSync(target, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      stopAtFirstError: true,
      validationError: { target: false, value: false },
    });
  } catch (cause) {
    // Constraints come out of the container that an application may have set.
    const hint = 'call useContainer() of class-validator with { fallback: true, fallbackOnErrors: true }';
    throw new SpanwrightError('CONFIG_INVALID', 'options cannot be validated: class-validator failed', { hint, cause });
  }
}

interface FieldDetails {
  /** Keys that only code may give. */
  readonly closed?: readonly string[];
  /** What to say besides about a key whose value is not allowed. */
  readonly hintOf?: (key: string) => string | undefined;
}

// Who gave a wrong key has most likely copied it from the place where vendors tell to put it.
function usualSource(provider: Provider, key: string): string | undefined {
  const { fields, http }: Preset = PRESETS[presetName(provider)];
  const variables: Readonly<Record<string, readonly string[] | undefined>> = {
    endpoint: http?.endpointVariables,
    host: http?.endpointVariables,
    region: http?.regionVariables,
  };
  const [variable] = fields[key]?.variables ?? variables[key] ?? [];
  return variable === undefined ? undefined : `usually taken from ${variable}`;
}

class Checker {
  readonly #source: OptionSource;
  readonly #problems: ConfigProblem[];

  constructor(source: OptionSource, problems: ConfigProblem[]) {
    this.#source = source;
    this.#problems = problems;
  }

  readonly complain = (path: Path, value: unknown, expected: string, hint?: string): void => {
    this.add(path, printValue(value, path), expected, hint);
  };

  /** Puts one problem on the list, with the value as it is printed. */
  add(path: Path, got: string, expected: string, hint?: string): void {
    const problem = { path: printPath(path), got, expected, source: this.#source.label };
    this.#problems.push(hint === undefined ? problem : { ...problem, hint });
  }

  /** Copies the keys that are known into an instance, lets class-validator look at it, and gives what is allowed. */
  fields(target: object, raw: Plain, path: Path, { closed = [], hintOf }: FieldDetails = {}): Plain {
    const known = Object.keys(target).filter((key) => !closed.includes(key));
    const instance = target as Plain;
    for (const [key, value] of Object.entries(raw)) {
      if (known.includes(key)) instance[key] = value;
      else {
        const hint = closed.includes(key) ? 'give it in code' : hintFor(key, known);
        // Its value is not printed: under a name that nobody knows may be a key of some backend.
        this.add([...path, key], 'an unknown option', expectedOneOf(known), hint);
      }
    }
    const broken = this.#validate(target, path, hintOf);
    return Object.fromEntries(
      known.filter((key) => instance[key] !== undefined && !broken.has(key)).map((key) => [key, instance[key]]),
    );
  }

  #validate(target: object, path: Path, hintOf?: FieldDetails['hintOf']): Set<string> {
    const broken = new Set<string>();
    const { validators } = tools();
    const errors = validate(validators, target);
    for (const { property, constraints } of errors) {
      broken.add(property);
      this.complain(
        [...path, property],
        (target as Plain)[property],
        Object.values(constraints ?? {})[0] ?? 'another value',
        hintOf?.(property),
      );
    }
    return broken;
  }

  /** The fields of something that may have request headers. */
  withHeaders(target: object, raw: Plain, path: Path, details?: FieldDetails): Plain {
    const checked = this.fields(target, raw, path, details);
    const { headers } = checked;
    if (isPlain(headers)) checked['headers'] = checkHeaders(headers, [...path, 'headers'], this.complain);
    return checked;
  }

  #withGroups(checked: Plain, path: Path): Plain {
    for (const key of GROUPS) {
      const group = checked[key];
      if (isPlain(group)) checked[key] = this.fields(new (tools().classes.groups()[key])(), group, [...path, key]);
    }
    return checked;
  }

  /** Checks one destination: its provider first, which says what else is allowed. */
  destination(raw: unknown, path: Path): DestinationOptions | undefined {
    if (!isPlain(raw)) {
      this.complain(path, raw, "an object such as { provider: 'console' }");
      return undefined;
    }
    const provider = PROVIDERS.find((one) => one === raw['provider']);
    if (provider === undefined) {
      const near = typeof raw['provider'] === 'string' ? nearestName(raw['provider'], PROVIDERS) : undefined;
      const hint = near === undefined ? undefined : `did you mean ${near}?`;
      this.complain([...path, 'provider'], raw['provider'], expectedOneOf(PROVIDERS), hint);
      return undefined;
    }
    if (provider === 'custom' && this.#source.kind === 'file') {
      this.complain([...path, 'provider'], provider, 'another provider: an exporter is an object', 'give it in code');
      return undefined;
    }
    const hintOf = (key: string): string | undefined => usualSource(provider, key);
    const target = new (tools().classes.destinations(provider))();
    const checked = this.#withGroups(this.withHeaders(target, raw, path, { hintOf }), path);
    // Without its name it would be taken for another one of the same provider.
    const isNamed = raw['name'] === undefined || checked['name'] !== undefined;
    return isNamed ? (checked as unknown as DestinationOptions) : undefined;
  }

  // Code may switch audit off, or bring a ledger; a file may do neither.
  #withAudit(raw: Plain): Plain {
    const audit = copyAudit(raw['audit']);
    if (this.#source.kind === 'code' || isPlain(audit)) return { ...raw, audit };
    this.complain(['audit'], audit, EXPECTED_AUDIT, audit === false ? OFF_IN_CODE : undefined);
    return { ...raw, audit: undefined };
  }

  /** Checks all options. */
  options(raw: Plain): CheckedOptions {
    const closed = this.#source.kind === 'file' ? CODE_ONLY : [];
    const copied = raw['audit'] === undefined ? raw : this.#withAudit(raw);
    const checked = this.fields(new (tools().classes.tracing)(), copied, [], { closed });
    const { resource, sampling, metrics, privacy, destinations, audit } = checked;
    if (isPlain(resource)) checked['resource'] = checkResource(resource, ['resource'], this.complain);
    if (isPlain(sampling)) checked['sampling'] = this.fields(new (tools().classes.sampling)(), sampling, ['sampling']);
    if (isPlain(privacy)) {
      const onlyInCode = closed.length === 0 ? [] : ['redact'];
      checked['privacy'] = this.fields(new (tools().classes.privacy)(), privacy, ['privacy'], { closed: onlyInCode });
    }
    if (isPlain(audit)) {
      const onlyInCode = closed.length === 0 ? [] : AUDIT_IN_CODE;
      checked['audit'] = this.fields(new (tools().classes.audit)(), audit, ['audit'], { closed: onlyInCode });
    }
    if (isPlain(metrics)) checked['metrics'] = this.withHeaders(new (tools().classes.metrics)(), metrics, ['metrics']);
    if (Array.isArray(destinations)) {
      checked['destinations'] = destinations.map((one, index) => this.destination(one, ['destinations', index]));
    } else if (raw['destinations'] !== undefined) {
      // They were given, so no other source is asked for them.
      checked['destinations'] = [];
    }
    return checked;
  }
}

/**
 * Checks the options of one source. Takes anything; problems go to the list and never out as another error, but that
 * class-validator is missing (`CONFIG_INVALID` with the install command).
 */
export function checkOptions(given: unknown, source: OptionSource, problems: ConfigProblem[]): CheckedOptions {
  if (given === undefined) return {};
  const raw = copyInput(given, DEPTH, KEPT);
  const checker = new Checker(source, problems);
  if (!isPlain(raw)) {
    // By its kind: it may be a connection string that somebody passed instead of an object.
    checker.add([], printKind(raw), 'an object with options');
    return {};
  }
  return Object.keys(raw).length === 0 ? {} : checker.options(raw);
}
