// Prints docs/reference/destinations.md.
import { PRESETS } from '#lib/config/presets/known-presets.js';

import { table } from './markdown-table.mjs';

const TEXT = `# Destinations by provider

<!-- Written by \`npm run docs\` from lib/config/presets. Change those. -->

What is known of each \`provider\`. How to choose and combine them: [guide](../guide/destinations.md); all options:
[options](options.md#options-of-destinations).

- An \`endpoint\` without a path gets the path below, any other is taken as it is. A \`host\` gets the path put behind its own.
- Each value may come from the variable beside it instead of code. A variable fills in nothing unless its provider is named.
- An encoding that stands here alone is the only one that the backend takes. Requests are gzipped.
- Limits are what the backend takes; content is cut to them with its JSON whole. The option \`limits\` changes them.`;

// Placeholders of the values that headers show.
const placeholders = (given) => new Proxy(given, { get: (values, key) => values[key] ?? `<${String(key)}>` });
const SHOWN = placeholders({});

const LIMITS = {
  attributeBytes: 'bytes an attribute',
  contentAttributeBytes: 'bytes an attribute with content of a call to a model',
  attributesPerSpan: 'attributes a span',
  spanBytes: 'bytes a span',
  requestBytes: 'bytes a request',
};

/** What is known of each provider. */
export function printDestinations() {
  const entries = Object.entries(PRESETS);
  const overview = entries.map(([name, { about, vocabulary, content }]) => [
    `[\`${name}\`](#${name})`,
    about,
    `\`${vocabulary}\``,
    `\`${content}\``,
  ]);
  const sections = entries.map(([name, preset]) => printPreset(name, preset));
  return `${TEXT}\n\n${table(['provider', 'what it is', 'vocabulary', 'content'], overview)}\n\n${sections.join('\n\n')}\n`;
}

function printLimit(key, value) {
  if (key !== 'contentAttributes') return `${value.toLocaleString('en')} ${LIMITS[key]}`;
  return `that is ${value.map((one) => `\`${one}\``).join(', ')}`;
}

function printPreset(name, preset) {
  const rows = [...fieldRows(preset), ...(preset.http === undefined ? [] : httpRows(preset))];
  const limits = Object.entries(preset.limits).map(([key, value]) => printLimit(key, value));
  if (limits.length > 0) rows.push(['limits', limits.join(', '), '']);
  if (preset.quota !== '') rows.push(['answers at a limit', preset.quota, '']);
  const also = name === 'azure_monitor' ? ' Also as `azure_ai`.' : '';
  return [
    `## ${name}`,
    `${upperFirst(preset.about)}.${also} Content \`${preset.content}\`, vocabulary \`${preset.vocabulary}\`.`,
    ...(rows.length > 0 ? [table(['what', 'value', 'variables'], rows)] : []),
    `\`\`\`ts\nimport { configureTracing } from 'spanwright';\n\nconfigureTracing({ destinations: [${preset.example}] });\n\`\`\``,
  ].join('\n\n');
}

function fieldRows({ fields, http }) {
  const endpoint = new URL(http?.defaultUrl?.({}) ?? 'https://backend');
  return Object.entries(fields).map(([key, field]) => {
    const isNeeded = field.isNeeded?.({}, endpoint) === true;
    const fallback = field.fallback === undefined ? '' : `; default \`${field.fallback}\``;
    return [`\`${key}\`${isNeeded ? ' (needed)' : ''}`, `${field.meaning}${fallback}`, variables(field.variables)];
  });
}

function httpRows({ http, fields }) {
  const { encodings, regions = {}, endpointVariables, regionVariables = [] } = http;
  const rows = [];
  for (const mode of fields.mode === undefined ? [''] : ['agent', 'agentless']) {
    const values = placeholders({ mode });
    const base = http.defaultUrl?.(values) ?? http.regionUrl?.('<region>');
    const suffix = mode === '' ? '' : `, \`mode: '${mode}'\``;
    rows.push([`URL${suffix}`, `\`${base}${http.path(values)}\``, variables(endpointVariables)]);
    const headers = Object.entries(http.headers(values)).map(([key, value]) => `\`${key}: ${readable(value)}\``);
    if (headers.length > 0) rows.push([`headers${suffix}`, headers.join('<br>'), '']);
  }
  for (const [region, host] of Object.entries(regions)) rows.push([`\`region: '${region}'\``, `\`${host}\``, '']);
  if (http.regionUrl !== undefined)
    rows.push(['`region` (needed)', 'the region of the stack', variables(regionVariables)]);
  const resource = Object.entries(http.resource?.(SHOWN) ?? {}).map(([key, value]) => `\`${key}=${value}\``);
  if (resource.length > 0) rows.push(['resource', resource.join(', '), '']);
  rows.push(['encoding', encodings.join(', '), '']);
  return rows;
}

/** Header values that are base64 are shown as what they are made of. */
function readable(value) {
  const [, text] = /^Basic (.*)$/.exec(value) ?? [];
  return text === undefined ? value : `Basic base64(${Buffer.from(text, 'base64').toString()})`;
}

function variables(names) {
  return names.map((name) => `\`${name}\``).join(', ');
}

function upperFirst(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
