import { isHeaderText } from '../option-checks.js';
import type { BackendLimits } from '../../pipeline/settings.js';
import type { VocabularyName } from '../../genai/vocabularies/vocabulary.js';
import type { ContentTier } from '../../privacy/tiers.js';

/** Values of the fields of a preset, by the names of its options. */
export type PresetValues = Readonly<Record<string, string | undefined>>;

/** One value that a backend wants to know: an option, and the variables that fill it in. */
export interface PresetField {
  /** What it is, as an error says it when it is missing. */
  readonly meaning: string;
  /** Variables of the vendor, the first that is set counts. */
  readonly variables: readonly string[];
  readonly isSecret?: boolean;
  /** Tells what it may be; anything that fits a request header where nothing is said. */
  readonly accepts?: (value: unknown) => boolean;
  /** The same in words. */
  readonly expected?: string;
  /** Tells whether it is asked for at all, by the fields before it. */
  readonly isAsked?: (values: PresetValues) => boolean;
  /** Tells whether nothing arrives without it; `endpoint` is where spans go. */
  readonly isNeeded?: (values: PresetValues, endpoint: URL) => boolean;
  readonly fallback?: string;
}

/** Where a backend takes OTLP over HTTP and how. */
export interface HttpPreset {
  readonly encodings: readonly ('protobuf' | 'json')[];
  /** The path that an endpoint without one gets. */
  readonly path: (values: PresetValues) => string;
  /** The path below the `host` of an installation, where that differs. */
  readonly hostPath?: (values: PresetValues, host: URL) => string;
  /** The path below the host that a variable holds, where it differs from that. */
  readonly variablePath?: (values: PresetValues, host: URL) => string;
  /** Hosts by the word that `region` takes. */
  readonly regions?: Readonly<Record<string, string>>;
  /** The host of a region, where regions are no list. */
  readonly regionUrl?: (region: string) => string;
  /** The variables that name a region. */
  readonly regionVariables?: readonly string[];
  /** The host where nothing names one; absent where somebody has to. */
  readonly defaultUrl?: (values: PresetValues) => string;
  /** Variables of the vendor that hold the host of an installation; what is missing of the path is put behind it. */
  readonly endpointVariables: readonly string[];
  /** Request headers in the spelling of the vendor's pages. */
  readonly headers: (values: PresetValues) => Readonly<Record<string, string | undefined>>;
  /** Attributes of the resource that the backend reads. */
  readonly resource?: (values: PresetValues) => Readonly<Record<string, string | undefined>>;
}

/** What is known of one backend. */
export interface Preset {
  /** What it is, for the page that lists them. */
  readonly about: string;
  readonly vocabulary: VocabularyName;
  /** How much it sees of content unless somebody says otherwise. */
  readonly content: ContentTier;
  readonly limits: BackendLimits;
  readonly fields: Readonly<Record<string, PresetField>>;
  /** Absent where spans travel otherwise. */
  readonly http?: HttpPreset;
  /** What it answers when a quota or a limit is reached; empty where there is none. */
  readonly quota: string;
  /** Options of an example, as they stand in code. */
  readonly example: string;
}

/** A backend that takes OTLP over HTTP. */
export interface BackendPreset extends Preset {
  readonly http: HttpPreset;
}

/** Says that a field is needed wherever spans go. */
export const always = (): boolean => true;

/** The value of an `authorization` header for a user and a password. */
export function basicAuth(user = '', password = ''): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** The value of an `authorization` header for a token; nothing without one. */
export function bearer(token: string | undefined): string | undefined {
  return token === undefined ? undefined : `Bearer ${token}`;
}

/** What a value of a field has to be, in words. */
export function expectedField({ expected }: PresetField): string {
  return expected ?? 'a text that HTTP allows in a header';
}

/** Tells whether a field takes a value. */
export function acceptsField(field: PresetField, value: unknown): boolean {
  return field.accepts?.(value) ?? isHeaderText(value);
}
