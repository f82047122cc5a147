import type { Random } from '../canaries.js';
import { grouped, someOf } from '../canaries.js';

const DIGITS = '0123456789';
const digits = (random: Random, length: number): string => someOf(random, DIGITS, length);
const sumOf = (text: string, weights: readonly number[]): number =>
  Array.from(text, Number).reduce((sum, digit, index) => sum + digit * (weights[index] ?? 0), 0);

function dutch(random: Random): string {
  for (;;) {
    const body = `${1 + random(9)}${digits(random, 7)}`;
    const check = sumOf(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    if (check < 10) return `${body}${check}`;
  }
}

// ISO 7064 MOD 11,10 over ten digits of which one stands twice.
function german(random: Random): string {
  const others = Array.from(DIGITS).sort(() => random(2) - 0.5);
  const first = others.find((digit) => digit !== '0') ?? '1';
  const body = `${first}${others
    .filter((digit) => digit !== first)
    .slice(0, 8)
    .join('')}${first}`;
  let product = 10;
  for (const digit of body) product = (((Number(digit) + product) % 10 || 10) * 2) % 11;
  return grouped(`${body}${(11 - product) % 10}`, [2, 3, 3, 3], ' ');
}

function french(random: Random): string {
  const body = `1${digits(random, 2)}0${1 + random(9)}${digits(random, 8)}`;
  return `${body}${String(97 - (Number(body) % 97)).padStart(2, '0')}`;
}

function polish(random: Random): string {
  const body = `${digits(random, 2)}0${1 + random(9)}0${1 + random(9)}${digits(random, 4)}`;
  return `${body}${(10 - (sumOf(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10}`;
}

function spanish(random: Random): string {
  const number = `${1 + random(9)}${digits(random, 7)}`;
  return `${number}-${'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(number) % 23)}`;
}

/** Makers of national ids by the name of the pack that looks for them. */
export const NATIONAL_CANARIES: Readonly<Record<string, (random: Random) => string>> = {
  'us-ssn': (random) => `${100 + random(500)}-${10 + random(90)}-${1000 + random(9000)}`,
  'uk-nino': (random) => `AB ${grouped(digits(random, 6), [2, 2, 2], ' ')} ${'ABCD'.charAt(random(4))}`,
  'fr-nir': french,
  'de-steuer-id': german,
  'es-dni': spanish,
  'nl-bsn': dutch,
  'pl-pesel': polish,
};
