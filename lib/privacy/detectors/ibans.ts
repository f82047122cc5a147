import { CHARACTERS, isOf } from './characters.js';

// Length by country, from the SWIFT IBAN registry.
const COUNTRIES =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 ' +
  'GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 ' +
  'MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 ' +
  'TR26 UA29 VA22 VG24 XK20 YE30';
const LENGTHS = new Map(COUNTRIES.split(' ').map((each) => [each.slice(0, 2), Number(each.slice(2))]));

// ISO 7064 MOD 97-10: the first four characters go to the end, letters count from ten.
function isChecked(iban: string): boolean {
  let rest = 0;
  for (const character of `${iban.slice(4)}${iban.slice(0, 4)}`) {
    const value = Number.parseInt(character, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1;
}

const isSeparator = (code: number): boolean => code === 32 || code === 45 || code === 0xa0;

/** Where the IBAN ends whose country begins at `start`, with or without blanks between groups; undefined for none. */
export function endOfIban(text: string, start: number): number | undefined {
  const length = LENGTHS.get(text.slice(start, start + 2).toUpperCase());
  if (length === undefined || isOf(text.charCodeAt(start - 1), CHARACTERS.alnum)) return undefined;
  let iban = '';
  let at = start;
  let separator = 0;
  while (iban.length < length) {
    const code = text.charCodeAt(at);
    if (isSeparator(code)) {
      if (separator === 0 && iban.length === 4) separator = code;
      if (code !== separator || iban.length % 4 !== 0 || !isOf(text.charCodeAt(at + 1), CHARACTERS.alnum))
        return undefined;
    } else if (!isOf(code, CHARACTERS.alnum)) return undefined;
    else {
      // In groups of four, or in none.
      if (separator !== 0 && iban.length % 4 === 0 && text.charCodeAt(at - 1) !== separator) return undefined;
      iban += text.charAt(at).toUpperCase();
    }
    at++;
  }
  return isOf(text.charCodeAt(at), CHARACTERS.alnum) || !isChecked(iban) ? undefined : at;
}
