import type { Detector } from './finding.js';

interface Pack {
  readonly title: string;
  /** Bounded, global, and beginning with what it cannot begin with again inside. */
  readonly pattern: RegExp;
  /** Checks the characters that are no separators. */
  isValid(plain: string): boolean;
}

const digitsOf = (plain: string): number[] => Array.from(plain, Number);

function isFrenchNir(plain: string): boolean {
  const body = plain.slice(0, 13).toUpperCase().replace('2A', '19').replace('2B', '18');
  return Number(plain.slice(13)) === 97 - (Number(body) % 97);
}

// ISO 7064 MOD 11,10
function isGermanTaxId(plain: string): boolean {
  const digits = digitsOf(plain);
  let product = 10;
  for (const digit of digits.slice(0, 10)) {
    const sum = (digit + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === digits[10] && new Set(digits.slice(0, 10)).size < 10;
}

function isSpanishId(plain: string): boolean {
  const upper = plain.toUpperCase();
  const number = Number(upper.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2'));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === upper.at(-1);
}

function isWeighted(plain: string, weights: readonly number[], modulus: number): boolean {
  return digitsOf(plain).reduce((sum, digit, index) => sum + digit * (weights[index] ?? 0), 0) % modulus === 0;
}

/** National ids by name of their pack. */
export const NATIONAL_IDS: ReadonlyMap<string, Pack> = new Map<string, Pack>([
  [
    'us-ssn',
    {
      title: 'US social security number',
      pattern: /(?<![\w-])\d{3}([- ])\d{2}\1\d{4}(?![\w-])/g,
      isValid: (plain) => !/^(?:000|666|9)|^.{3}00|0000$/.test(plain),
    },
  ],
  [
    'uk-nino',
    {
      title: 'UK national insurance number',
      pattern: /\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/gi,
      isValid: (plain) => !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/i.test(plain),
    },
  ],
  [
    'fr-nir',
    {
      title: 'French social security number',
      pattern: /\b[12] ?\d\d ?\d\d ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}\b/gi,
      isValid: isFrenchNir,
    },
  ],
  ['de-steuer-id', { title: 'German tax id', pattern: /\b[1-9]\d ?\d{3} ?\d{3} ?\d{3}\b/g, isValid: isGermanTaxId }],
  ['es-dni', { title: 'Spanish DNI or NIE', pattern: /\b[\dXYZ]\d{7}-?[A-Z]\b/gi, isValid: isSpanishId }],
  [
    'nl-bsn',
    {
      title: 'Dutch citizen service number',
      pattern: /\b\d{9}\b/g,
      isValid: (plain) => Number(plain) > 0 && isWeighted(plain, [9, 8, 7, 6, 5, 4, 3, 2, -1], 11),
    },
  ],
  [
    'pl-pesel',
    {
      title: 'Polish PESEL',
      pattern: /\b\d{4}[0-3]\d{6}\b/g,
      isValid: (plain) => isWeighted(plain, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], 10),
    },
  ],
]);

/** The names of the packs. */
export const PACK_NAMES: readonly string[] = [...NATIONAL_IDS.keys()];

/** Says what is wrong with the name of a pack as `got …, expected …`; `undefined` when nothing is. */
export function packProblem(name: unknown): string | undefined {
  if (typeof name === 'string' && NATIONAL_IDS.has(name)) return undefined;
  const got = typeof name === 'string' ? JSON.stringify(name.slice(0, 60)) : `a value of type ${typeof name}`;
  return `got ${got}, expected one of ${PACK_NAMES.join(', ')}`;
}

/** Makes a detector of one pack; undefined for a name that is none. */
export function createPackDetector(name: string): Detector | undefined {
  const pack = NATIONAL_IDS.get(name);
  if (pack === undefined) return undefined;
  return (text, into) => {
    for (const match of text.matchAll(pack.pattern)) {
      if (!pack.isValid(match[0].replaceAll(/[- ]/g, ''))) continue;
      into.push({ start: match.index, end: match.index + match[0].length, kind: name, sensitivity: 'personal' });
    }
  };
}
