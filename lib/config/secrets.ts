/** What stands where a secret was. */
export const MASK = '***';

const SECRET_NAME =
  /key|token|secret|passw|pwd|passphrase|credential|authorization|cookie|signature|connection[._-]?string|^auth$|^headers$|^dsn$/i;

const CONNECTION_STRING =
  /(?:^|;)\s*(?:instrumentationkey|accountkey|sharedaccesskey|sharedaccesssignature|password|pwd|sig)\s*=/i;
const SCHEMES = /\b(Bearer|Basic)\s+\S+/gi;
// Shapes of keys that vendors document: OpenAI, Langfuse, Stripe, GitHub, Slack, LangSmith, AWS, JSON web tokens.
const KEYS = /\b(?:(?:sk|pk|rk|lsv2|gh[opsu]|xox[abprs])[-_][\w-]{8,}|AKIA[A-Z0-9]{12,}|eyJ[\w-]{8,}\.[\w.-]+)/g;
const PARAMETER =
  /([?&;#][^=&;#\s]*(?:key|token|secret|passw|pwd|credential|authorization|signature|sig)[^=&;#\s]*=)[^&;#\s]*/gi;

/** Tells a name whose value is never printed: an option, a header list, a resource attribute, a URL parameter. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

// Up to the last `@`: a password may hold `/`, `?` and `@`, and the text need not be a URL that parses.
function maskCredentials(text: string): string {
  const scheme = /^\s*[a-z][a-z0-9+.-]*:\/*/i.exec(text)?.[0] ?? '';
  const at = text.lastIndexOf('@');
  if (at <= 0) return text;
  return `${scheme.endsWith('/') ? scheme : ''}${MASK}${text.slice(at)}`;
}

/** Replaces what looks like a secret in a text: credentials and keys in URLs, connection strings, bearer tokens. */
export function maskText(text: string): string {
  if (CONNECTION_STRING.test(text)) return MASK;
  return maskCredentials(text).replace(SCHEMES, `$1 ${MASK}`).replace(KEYS, MASK).replace(PARAMETER, `$1${MASK}`);
}
