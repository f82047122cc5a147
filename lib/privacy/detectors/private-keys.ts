import type { Finding } from './finding.js';

const BEGIN = '-----BEGIN ';
const LABEL = /[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
const END = /-----END [A-Z0-9 ]{0,60}-----/g;

/** Adds private keys in PEM or PGP armour; one without its end goes on to the end of the text. */
export function findPrivateKeys(text: string, into: Finding[]): void {
  let start = text.indexOf(BEGIN);
  while (start >= 0) {
    LABEL.lastIndex = start + BEGIN.length;
    let end = LABEL.lastIndex;
    if (LABEL.test(text)) {
      END.lastIndex = LABEL.lastIndex;
      end = END.test(text) ? END.lastIndex : text.length;
      into.push({ start, end, kind: 'private-key', sensitivity: 'secret' });
    }
    start = text.indexOf(BEGIN, end);
  }
}
