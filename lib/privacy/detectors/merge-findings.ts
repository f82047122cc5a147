import type { Finding } from './finding.js';

const isHigh = (code: number): boolean => (code & 0xfc_00) === 0xd8_00;
const isLow = (code: number): boolean => (code & 0xfc_00) === 0xdc_00;

const isSplit = (text: string, at: number): boolean => isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));

// A cut inside `\n` or in the middle of a character would leave a text that no reader takes.
function atWholeCharacters(text: string, finding: Finding): Finding {
  let { start, end } = finding;
  if (isSplit(text, start)) start--;
  if (isSplit(text, end)) end++;
  if (text[start - 1] === '\\') {
    let first = start - 1;
    while (first > start - 64 && text[first - 1] === '\\') first--;
    if ((start - first) % 2 === 1 && /[nrtbfu]/.test(text.charAt(start))) start += text[start] === 'u' ? 5 : 1;
  }
  return { ...finding, start, end };
}

const longer = (one: Finding, other: Finding): Finding =>
  one.end - one.start >= other.end - other.start ? one : other;

/** The findings in order, at whole characters; those that overlap become one, which is named by the longest, and a secret stays one. */
export function mergeFindings(text: string, found: readonly Finding[]): Finding[] {
  const sorted = found
    .map((finding) => atWholeCharacters(text, finding))
    .filter(({ start, end }) => start < end)
    .sort((one, other) => one.start - other.start);
  const merged: Finding[] = [];
  for (const finding of sorted) {
    const last = merged.at(-1);
    if (last === undefined || finding.start >= last.end) {
      merged.push(finding);
      continue;
    }
    const { kind } = longer(last, finding);
    const sensitivity = last.sensitivity === 'secret' ? 'secret' : finding.sensitivity;
    merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, finding.end), kind, sensitivity };
  }
  return merged;
}
