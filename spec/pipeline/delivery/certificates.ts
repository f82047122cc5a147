import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and what it certifies, in PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** An authority of nobody's, with a server and a client that it vouches for. */
export interface Certificates {
  readonly ca: string;
  readonly server: Pair;
  readonly client: Pair;
}

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes certificates with openssl; undefined where it is not installed. */
export function makeCertificates(): Certificates | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'spanwright-certificates-'));
  const run = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const pair = (name: string, address: readonly string[]): Pair => {
    const extensions = address.flatMap((one) => ['-addext', one]);
    const subject = ['-subj', `/CN=${name}`, '-days', '2'];
    const out = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
    run('req', '-x509', ...CURVE, '-CA', 'ca.pem', '-CAkey', 'ca.key', ...subject, ...extensions, ...out);
    return { cert: read(`${name}.pem`), key: read(`${name}.key`) };
  };
  try {
    run('req', '-x509', ...CURVE, '-subj', '/CN=spec', '-days', '2', '-keyout', 'ca.key', '-out', 'ca.pem');
    const leaf = 'basicConstraints=critical,CA:FALSE';
    return {
      ca: read('ca.pem'),
      server: pair('server', [leaf, 'subjectAltName=IP:127.0.0.1,DNS:localhost']),
      client: pair('client', [leaf]),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
