import { appendFileSync, copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// The compiled specs are one folder deeper than their sources.
const SHIPPED = fileURLToPath(new URL('../../../../../samples/ticket-summarizer/tickets.csv', import.meta.url));

/** Words of a ticket that no other text holds; they reach prompts and answers and no attribute of the sample. */
export const PROMPT_WORDS = 'the lighthouse keeper saw nothing of it';

/** What no backend may get; in parts, so that no scanner takes this file for a leak. */
export const SECRETS: readonly string[] = [
  ['AKIA', 'QJ7XN5PBHTWZK3VD'].join(''),
  ['ghp_', 'a8Kd03nVbQ5sLx7RtYw2ZcE9fUhJmP4iGo61'].join(''),
  ['sk-proj-', 'Zq4Xv8Lr2Nw6Tb1Ky7Md3Hs9Pf5Jc0Ga'].join(''),
];

/** What destinations that see redacted content may not get either. */
export const PERSONAL = ['jane.roe@harbor-mail.example', '4111 1111 1111 1111'];

/** The ticket that holds all of it. */
export const PLANTED_TICKET = 'HB-9001';

/** A ticket that cannot be worked on: its row lacks a field. */
const FAILING_TICKET = 'HB-9002';

/** Writes the tickets that ship with the sample, one with words, secrets and personal data to look for, and one that fails. */
export function writeTickets(path: string): void {
  copyFileSync(SHIPPED, path);
  const secrets = SECRETS.map((secret) => `It printed ${secret} twice.`).join(' ');
  const personal = `Write to ${PERSONAL[0]}, my card is ${PERSONAL[1]}.`;
  const text = `The client crashes at its start. For sure ${PROMPT_WORDS}. ${secrets} ${personal}`;
  appendFileSync(path, `${PLANTED_TICKET},9001,"${text}"\n${FAILING_TICKET},9002\n`);
}
