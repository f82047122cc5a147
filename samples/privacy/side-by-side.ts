import type { FinishedSpan } from 'spanwright';

type Seen = readonly [tier: string, span: FinishedSpan | undefined];

const SHOWN =
  /^(?:gen_ai\.(?:request\.model|usage\.input_tokens|input\.messages|output\.messages)|user\.id|spanwright\.(?:metadata|request\.(?:digest|bytes|items)|response\.(?:digest|bytes)))$/;

function valuesOf(span: FinishedSpan): Record<string, string> {
  const shown = Object.entries(span.attributes)
    .filter(([key]) => SHOWN.test(key))
    .map(([key, value]) => [key, String(value)]);
  return {
    ...(Object.fromEntries(shown) as Record<string, string>),
    ...(span.status.message === undefined ? {} : { 'status message': span.status.message }),
  };
}

/** Prints what each tier saw of one span, attribute by attribute. */
export function printSideBySide(name: string, seen: readonly Seen[]): string {
  const columns = seen.map(([tier, span]): [string, Record<string, string>] => [
    tier,
    span === undefined ? {} : valuesOf(span),
  ]);
  const keys = [...new Set(columns.flatMap(([, values]) => Object.keys(values)))];
  const width = Math.max(...columns.map(([tier]) => tier.length));
  const blocks = keys.map((key) => {
    const lines = columns.map(([tier, values]) => `  ${tier.padEnd(width)}  ${values[key] ?? '–'}`);
    return `${key}\n${lines.join('\n')}`;
  });
  return `── ${name}\n${blocks.join('\n')}\n`;
}
