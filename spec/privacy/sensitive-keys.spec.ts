import { expect } from 'chai';
import { createKeyRule } from '#lib/privacy/sensitive-keys.js';
import { compilePaths, pathProblem } from '#lib/privacy/value-paths.js';

const kindOf = createKeyRule({ personal: true, keys: ['Badge-No'] });

describe('a sensitive key', () => {
  const secret =
    'password passwd Secret token api_key apiKey X-API-Key Authorization proxy-authorization cookie Set-Cookie private_key ' +
    'client_secret access_token refreshToken db_password OPENAI_API_KEY githubToken http.request.header.cookie ' +
    'phpsessid JSESSIONID connect.sid api-key x-goog-api-key x-auth-token x-amz-security-token Ocp-Apim-Subscription-Key ' +
    'dd-api-key x-honeycomb-team x-langfuse-secret-key id_token aws_secret_access_key sasToken sas_token private_key_id user_otp ' +
    'otp cookies DATABASE_URL connectionString passwordHash secrets x-sentry-auth setCookie2';
  for (const key of secret.split(' ')) {
    it(`is ${key}`, () => expect(kindOf(key)).to.equal('secret'));
  }

  const other =
    'max_tokens token_count input_tokens tokenizer secretary total_tokens usage.input_tokens completionTokens session.id ' +
    'time_to_first_token next_page_token eos_token monkey keyboard passenger cost_per_token token_type author cookies_enabled ' +
    'session_id sessionId session.id SESSION-ID sessionid langfuse.session.id sid auth signature helicopter robotop wireless pwdless';
  for (const key of other.split(' ')) {
    it(`is not ${key}`, () => expect(kindOf(key)).to.equal(undefined));
  }

  it('is one of personal data where that is asked, or of the user', () => {
    for (const key of ['credit_card', 'userSsn', 'customer.date-of-birth', 'IBAN'])
      expect(kindOf(key)).to.equal('personal');
    for (const key of ['session', 'classn', 'lesson_dobs', 'postcardNumbers']) expect(kindOf(key)).to.equal(undefined);
    expect(createKeyRule({ personal: false })('credit_card')).to.equal(undefined);
    expect(kindOf('badgeNo')).to.equal('user');
  });
});

describe('a path of the user', () => {
  it('is refused where it is none', () => {
    for (const path of ['', 'a..b', 'a[', 'a[x]', '**', 'a.', 5, null, 'a["\\x"]']) {
      expect(pathProblem(path), String(path)).to.match(/^got .+, expected a path like/);
    }
    for (const path of ['a', 'a.b', 'a[0]', '[*].a', '**.a', 'a.*.b', '["a.b"].c']) {
      expect(pathProblem(path), path).to.equal(undefined);
    }
    expect(() => compilePaths(['a..b'])).to.throw(TypeError);
  });
});
