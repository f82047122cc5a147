import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and its certificate, in PEM. */
export interface Pair {
  readonly key: string;
  readonly cert: string;
}

/** A private authority for some minutes, a server on this machine that it vouches for, and a client. */
export class Certificates {
  readonly #folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  readonly ca: string;
  /** The same as a file. */
  readonly caPath = join(this.#folder, 'ca.pem');
  readonly server: Pair;
  readonly client: Pair;

  constructor() {
    this.ca = this.#make('ca', []).cert;
    const signed = ['-CA', this.caPath, '-CAkey', join(this.#folder, 'ca.key')];
    this.server = this.#make('server', [...signed, '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']);
    this.client = this.#make('client', signed);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #make(name: string, more: readonly string[]): Pair {
    const [key, cert] = [join(this.#folder, `${name}.key`), join(this.#folder, `${name}.pem`)];
    const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-noenc', '-days', '2'];
    const where = ['-subj', `/CN=${name}`, '-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', ...fresh, ...where, ...more], { stdio: ['ignore', 'ignore', 'ignore'] });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  }
}

/** Makes certificates; undefined, said, where openssl is not installed. */
export function tryMakeCertificates(): Certificates | undefined {
  try {
    return new Certificates();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    console.warn('skipped: openssl is not installed');
    return undefined;
  }
}
