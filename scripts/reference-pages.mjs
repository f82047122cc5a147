// Prints the pages of docs/reference.
import { table } from './markdown-table.mjs';
import { readDeclaration, readExports, readTable, readUnion } from './read-declarations.mjs';

const NOTE = '<!-- Written by `npm run docs` from the docstrings in lib/. Change those. -->';

const ENTRIES = {
  spanwright: 'lib/index.ts',
  'spanwright/audit': 'lib/audit.ts',
  'spanwright/testing': 'lib/testing.ts',
};

// Tables of options, in the order in which a reader meets them.
const OPTION_GROUPS = {
  'Options of tracing': [
    [
      'lib/config/options.ts',
      ['TracingOptions', 'SamplingOptions', 'MetricsOptions', 'PriceList', 'ModelPriceOptions'],
    ],
    ['lib/config/scoped-options.ts', ['ScopedTracingOptions']],
  ],
  'Options of destinations': [
    [
      'lib/config/destination-options.ts',
      [
        'CommonDestinationOptions',
        'FilterOptions',
        'BatchOptions',
        'BreakerOptions',
        'HealthOptions',
        'LimitOptions',
        'HttpDestinationOptions',
        'TlsOptions',
        'ConsoleDestinationOptions',
        'MemoryDestinationOptions',
        'FileDestinationOptions',
        'CustomDestinationOptions',
        'OtlpDestinationOptions',
      ],
    ],
    [
      'lib/config/preset-options.ts',
      [
        'HostOptions',
        'PhoenixDestinationOptions',
        'ArizeDestinationOptions',
        'LangfuseDestinationOptions',
        'LangsmithDestinationOptions',
        'LangwatchDestinationOptions',
        'BraintrustDestinationOptions',
        'OpikDestinationOptions',
        'HoneycombDestinationOptions',
        'DatadogDestinationOptions',
        'AzureMonitorDestinationOptions',
        'GrafanaCloudDestinationOptions',
        'TempoDestinationOptions',
        'JaegerDestinationOptions',
        'MlflowDestinationOptions',
        'LogfireDestinationOptions',
      ],
    ],
  ],
  'Options of decorators': [
    [
      'lib/decorators/options.ts',
      [
        'CommonOptions',
        'CallOptions',
        'TracedOptions',
        'StaticOptions',
        'StaticTracedOptions',
        'WorkflowOptions',
        'TaskOptions',
      ],
    ],
  ],
  'Options of calls to models and what stands around them': [
    ['lib/decorators/model-options.ts', ['ModelOptions', 'ModelCallOptions', 'LlmCallOptions', 'PromptReference']],
    ['lib/decorators/record-llm-call.ts', ['RecordedCallOptions']],
    ['lib/decorators/agent-call.ts', ['AgentCallOptions']],
    ['lib/decorators/tool-call.ts', ['ToolCallOptions']],
    ['lib/decorators/retrieval-call.ts', ['RetrievalCallOptions']],
    ['lib/decorators/external-call.ts', ['ExternalCallOptions']],
    ['lib/decorators/policy-check.ts', ['PolicyCheckOptions']],
    ['lib/decorators/remediation.ts', ['RemediationOptions']],
  ],
  'Options of audited calls and of ledgers': [
    ['lib/decorators/audited-call.ts', ['AuditSettings', 'AuditedCallOptions']],
    ['lib/config/audit-options.ts', ['AuditOptions']],
    ['lib/audit/clients/client-options.ts', ['AuditedRequestOptions']],
    ['lib/audit/clients/audited-fetch.ts', ['AuditedFetchOptions']],
    ['lib/audit/clients/audited-client.ts', ['AuditedClientOptions']],
    ['lib/audit/ledger.ts', ['LedgerOptions']],
    ['lib/audit/read/verify-report.ts', ['VerifyOptions']],
    ['lib/audit/read/explain.ts', ['ExplainOptions']],
    ['lib/audit/read/lineage.ts', ['LineageOptions']],
    ['lib/decorators/record-llm-call.ts', ['RecordedRowOptions']],
    ['lib/decorators/audited-row.ts', ['RecordedAuditOptions']],
  ],
  'Options of `Metered`': [['lib/decorators/metered-options.ts', ['InstrumentOptions', 'MeteredOptions']]],
  'Values of `withContext`': [['lib/decorators/with-context.ts', ['CallContextValues']]],
};

const optionNames = new Set(Object.values(OPTION_GROUPS).flatMap((group) => group.flatMap(([, names]) => names)));

/** Every export of the entries: signature, docstring, errors, example. */
export function printApi() {
  const known = new Set();
  const slugs = createSlugs();
  const sections = Object.entries(ENTRIES).map(([entry, file]) => {
    const exported = readExports(file).filter(({ name }) => !known.has(name));
    for (const { name } of exported) known.add(name);
    return `## \`${entry}\`\n\n${printIndex(exported, slugs)}\n\n${exported.map(printExport).join('\n\n')}`;
  });
  const intro =
    'What the three entries export. Tables of the options: [options.md](options.md); codes: [errors.md](errors.md).';
  return `# API\n\n${NOTE}\n\n${intro}\n\n${sections.join('\n\n')}\n`;
}

/** The codes of errors, of warnings, and of failures that were kept from a call. */
export function printErrors() {
  const codes = readTable('lib/core/errors.ts', 'CODES');
  const rows = (wanted) =>
    codes.filter(([, { level }]) => level === wanted).map(([code, { meaning, fix }]) => [`\`${code}\``, meaning, fix]);
  const guarded = readUnion('lib/core/guard.ts', 'GuardCode').map(({ name, docstring }) => {
    if (docstring === '') throw new Error(`${name} in lib/core/guard.ts has no docstring`);
    return [`\`${name}\``, docstring];
  });
  return [
    '# Errors and warnings',
    NOTE,
    'A message reads `[CODE] what happened: got X, expected Y`; `hint` says what to do. Codes are stable, texts are not.',
    '## Errors',
    'Thrown as `SpanwrightError` at decoration time, by configuration, by ledgers and by audited calls; by nothing else between a call and its result.',
    table(['code', 'meaning', 'what to do'], rows('error')),
    '## Warnings',
    'Said to the `logger` option, else to OpenTelemetry’s `diag` logger, else on standard error.',
    table(['code', 'meaning', 'what to do'], rows('warning')),
    '## Guarded failures',
    'Kept from the call, counted in `health().guarded`; the first of each code is said as a warning.',
    table(['code', 'what happened'], guarded),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The fields of every option interface. */
export function printOptions() {
  const forgotten = Object.values(ENTRIES)
    .flatMap((file) => readExports(file))
    .filter(({ name, fields }) => fields !== undefined && name.endsWith('Options') && !optionNames.has(name));
  if (forgotten.length > 0) throw new Error(`no table for ${forgotten.map(({ name }) => name).join(', ')}`);
  const groups = Object.entries(OPTION_GROUPS).map(([title, files]) => {
    const interfaces = files.flatMap(([file, names]) =>
      names.map((name) => printInterface(readDeclaration(file, name))),
    );
    return `## ${title}\n\n${interfaces.join('\n\n')}`;
  });
  return `# Options\n\n${NOTE}\n\nEvery option is optional unless it is marked.\n\n${groups.join('\n\n')}\n`;
}

function printIndex(exported, slugs) {
  const rows = exported.map(({ name, docstring }) => [`[\`${name}\`](#${slugs(name)})`, firstSentence(docstring)]);
  return table(['name', 'what it is'], rows);
}

/** Anchors as GitHub makes them: the second heading of the same letters gets a number. */
function createSlugs() {
  const counts = new Map();
  return (heading) => {
    const slug = heading.toLowerCase();
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  };
}

function printExport({ name, docstring, throws, example, signatures }) {
  const isTable = optionNames.has(name);
  const taken = isTable ? [name] : [`${name}Options`, `Static${name}Options`].filter((one) => optionNames.has(one));
  const links = taken.map((one) => `[${one}](options.md#${one.toLowerCase()})`);
  return [
    `### ${name}`,
    docstring,
    ...(throws.length > 0 ? [`Throws ${throws.join(' ')}`] : []),
    ...(isTable ? [] : [fence('typescript', signatures.join('\n\n'))]),
    ...(links.length > 0 ? [`${isTable ? 'Fields' : 'Options'}: ${links.join(', ')}.`] : []),
    ...(example === undefined ? [] : ['Example:', fence('ts', example)]),
  ].join('\n\n');
}

function printInterface({ name, docstring, bases, fields }) {
  const parts = [`### ${name}`, docstring];
  const rows = fields.map((field) => [
    `\`${field.name}\`${field.isRequired ? ' (required)' : ''}`,
    `\`${field.type}\``,
    field.docstring,
  ]);
  if (rows.length > 0) parts.push(table(['option', 'type', 'meaning'], rows));
  const linked = bases.filter((base) => optionNames.has(base));
  if (linked.length > 0) parts.push(`Also: ${linked.map((base) => `[${base}](#${base.toLowerCase()})`).join(', ')}.`);
  return parts.join('\n\n');
}

function firstSentence(text) {
  return /^.*?[.:](?=\s|$)/s.exec(text)?.[0].replace(/:$/, '.') ?? text;
}

function fence(language, text) {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
