import { PlainFileSystem } from './plain-file-system.js';

type Done = (error: Error | null) => void;
type Written = (error: Error | null, written: number) => void;

/** A write or a sync of a file, as a fault is asked about it. */
export interface Operation {
  readonly kind: 'write' | 'sync';
  readonly path: string;
  /** Bytes of a write, and of a sync in one that goes through. */
  readonly length: number;
  /** Whether it is called without a callback. */
  readonly isSync: boolean;
}

/** What happens in place of an operation. */
export type Fault =
  /** It fails; with `persists` it was done all the same. */
  | { readonly fail: string; readonly persists?: boolean }
  /** A write takes so many bytes. */
  | { readonly short: number }
  /** It is done, and says so only when `release` is called. */
  | { readonly hang: true }
  /** It says so that much later. */
  | { readonly delayMs: number };

/** An error of the system. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: forced`), { code });
}

/** A file system that fails where it is told to, and notes what it was asked. */
export class FaultyFileSystem extends PlainFileSystem {
  /** Writes and syncs in the order in which they were asked for. */
  readonly asked: Operation[] = [];
  /** Decides on each write and sync. */
  fault: (operation: Operation) => Fault | undefined = () => undefined;
  readonly #hanging: (() => void)[] = [];
  #releases = 0;

  /** Lets everything go on that hangs. */
  release(): void {
    this.#releases++;
    for (const go of this.#hanging.splice(0)) go();
  }

  override writeSync(fd: number, buffer: Uint8Array, offset: number, length: number, position: number): number {
    const fault = this.#ask({ kind: 'write', path: this.pathOf(fd), length, isSync: true });
    if (fault !== undefined && 'short' in fault) return super.writeSync(fd, buffer, offset, fault.short, position);
    if (fault === undefined || !('fail' in fault)) return super.writeSync(fd, buffer, offset, length, position);
    if (fault.persists === true) super.writeSync(fd, buffer, offset, length, position);
    throw systemError(fault.fail);
  }

  override write(
    fd: number,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
    done: Written,
  ): void {
    const releases = this.#releases;
    const fault = this.#ask({ kind: 'write', path: this.pathOf(fd), length, isSync: false });
    if (fault === undefined) return super.write(fd, buffer, offset, length, position, done);
    if ('short' in fault) return super.write(fd, buffer, offset, fault.short, position, done);
    if (!('fail' in fault)) {
      return super.write(fd, buffer, offset, length, position, (error, written) =>
        this.#later(fault, releases, () => done(error, written)),
      );
    }
    const fail = (): void => done(systemError(fault.fail), 0);
    if (fault.persists === true) super.write(fd, buffer, offset, length, position, fail);
    else setImmediate(fail);
  }

  override fdatasync(fd: number, done: Done): void {
    this.#sync(fd, 0, done, (then) => super.fdatasync(fd, then));
  }

  protected override syncWritten(fd: number, length: number, done: Done): void {
    this.#sync(fd, length, done, (then) => super.fdatasync(fd, then));
  }

  override fsync(fd: number, done: Done): void {
    this.#sync(fd, 0, done, (then) => super.fsync(fd, then));
  }

  override fdatasyncSync(fd: number): void {
    this.#syncSync(fd, () => super.fdatasyncSync(fd));
  }

  override fsyncSync(fd: number): void {
    this.#syncSync(fd, () => super.fsyncSync(fd));
  }

  #sync(fd: number, length: number, done: Done, run: (then: Done) => void): void {
    const releases = this.#releases;
    const fault = this.#ask({ kind: 'sync', path: this.pathOf(fd), length, isSync: false });
    if (fault === undefined) return run(done);
    if (!('fail' in fault)) return run((error) => this.#later(fault, releases, () => done(error)));
    const fail = (): void => done(systemError(fault.fail));
    if (fault.persists === true) run(fail);
    else setImmediate(fail);
  }

  #syncSync(fd: number, run: () => void): void {
    const fault = this.#ask({ kind: 'sync', path: this.pathOf(fd), length: 0, isSync: true });
    if (fault === undefined || !('fail' in fault)) return run();
    if (fault.persists === true) run();
    throw systemError(fault.fail);
  }

  #ask(operation: Operation): Fault | undefined {
    this.asked.push(operation);
    return this.fault(operation);
  }

  #later(fault: Fault, releases: number, go: () => void): void {
    if ('hang' in fault && releases === this.#releases) this.#hanging.push(go);
    else if ('delayMs' in fault) setTimeout(go, fault.delayMs);
    else go();
  }
}
