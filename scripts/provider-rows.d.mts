interface ProviderCell {
  readonly state: 'recorded' | 'documented' | 'none' | 'not read';
  readonly answers?: number;
  readonly client?: string;
  readonly refusals?: number;
  readonly spec?: string;
  readonly url?: string;
  readonly read?: string;
}

interface ProviderRow {
  readonly provider: string;
  readonly call: string;
  readonly endpoint: string;
  readonly recordings: string | undefined;
  readonly whole: ProviderCell;
  readonly streamed: ProviderCell | undefined;
}

export declare const providerRows: readonly ProviderRow[];
