// Names of types, absent values and what stands for a secret already.
const NO_VALUE =
  /^(?:string|str|number|int|integer|boolean|bool|bytes|any|unknown|object|none|null|undefined|true|false|nil|optional|required|\*+|x{3,}|\.{3}|\$\{[\w.]{1,64}\}?|\$\([\w ]{1,64}\)|\{\{[\w .]{1,64}\}\}|<[\w -]{1,64}>|process\.env\.\w{1,64}|os\.environ\b.{0,64}|\[REDACTED[\w:-]{0,128}\]?)$/i;

// What a script or an example has where a secret will stand: `$PASSWORD`, `%PASSWORD%`, `YOUR_API_KEY`.
const VARIABLE = /^(?:\$(?:env:)?[A-Z_][A-Z0-9_]{1,64}|%[A-Z_][A-Z0-9_]{1,64}%|your[-_ ][a-z_ -]{1,64})$/i;
// `getPassword()`, `Joi.string()`, `Optional[str]`, `settings.key`; a digit would be one of a password.
const CODE =
  /^(?:[A-Za-z_$][A-Za-z_$.]{1,128}[([]|(?:args|body|config|context|credentials|ctx|data|env|import|input|options|opts|params|process|props|req|request|secrets|self|settings|state|this|user|values|vars)(?:\.[A-Za-z_$][\w$]{0,64}){1,8}$)/;
const DIRECTORY = /^(?:old)?pwd$/i;
const FETCH = /^(?:include|same-origin|omit)$/;

/** Whether a value says that a secret is elsewhere, or none: a type, a variable, an example. */
export function isStandIn(value: string): boolean {
  return NO_VALUE.test(value) || (VARIABLE.test(value) && !/^\$.*[a-z]/.test(value));
}

/** Whether a value without quotes is an expression of a program. */
export function isCode(value: string): boolean {
  return CODE.test(value);
}

/** Whether a name means something else by its value: `PWD=/home/ann`, `credentials: 'include'`. */
export function isOtherMeaning(name: string, value: string): boolean {
  return (DIRECTORY.test(name) && value.startsWith('/')) || (FETCH.test(value) && /credentials$/i.test(name));
}
