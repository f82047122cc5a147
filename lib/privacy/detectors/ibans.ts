import { CHARACTERS, isOf } from './characters.js';

// Length by country, from the SWIFT IBAN registry.
const COUNTRIES =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 ' +
  'GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 ' +
  'MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 ' +
  'TR26 UA29 VA22 VG24 XK20 YE30';
const LENGTHS = new Map(COUNTRIES.split(' ').map((each) => [each.slice(0, 2), Number(each.slice(2))]));

// ISO 7064 MOD 97-10 of what stands so far, letters counted from ten.
const append = (rest: number, value: number): number => (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;

const valueOf = (code: number): number => (code < 58 ? code - 48 : (code & 31) + 9);

// The first four characters go to the end.
function isChecked(rest: number, head: number): boolean {
  let checked = rest;
  for (let unit = 36 ** 3; unit >= 1; unit /= 36) checked = append(checked, Math.floor(head / unit) % 36);
  return checked === 1;
}

const isSeparator = (code: number): boolean => code === 32 || code === 45 || code === 0xa0;

/** Where the IBAN ends whose country begins at `start`, with or without blanks between groups; undefined for none. */
export function endOfIban(text: string, start: number): number | undefined {
  const length = LENGTHS.get(text.slice(start, start + 2).toUpperCase());
  if (length === undefined || isOf(text.charCodeAt(start - 1), CHARACTERS.alnum)) return undefined;
  let count = 0;
  let head = 0;
  let rest = 0;
  let at = start;
  let separator = 0;
  while (count < length) {
    const code = text.charCodeAt(at);
    if (isSeparator(code)) {
      if (separator === 0 && count === 4) separator = code;
      if (code !== separator || count % 4 !== 0 || !isOf(text.charCodeAt(at + 1), CHARACTERS.alnum)) return undefined;
    } else if (!isOf(code, CHARACTERS.alnum)) return undefined;
    else {
      // In groups of four, or in none.
      if (separator !== 0 && count % 4 === 0 && text.charCodeAt(at - 1) !== separator) return undefined;
      if (count < 4) head = head * 36 + valueOf(code);
      else rest = append(rest, valueOf(code));
      count++;
    }
    at++;
  }
  return isOf(text.charCodeAt(at), CHARACTERS.alnum) || !isChecked(rest, head) ? undefined : at;
}
