import { SpanwrightError } from '../core/errors.js';

/** Waits for a promise, at most so long; then rejects with `AUDIT_POISONED`. */
export async function within<T>(promise: Promise<T>, deadlineMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new SpanwrightError('AUDIT_POISONED', `${what}: got nothing in ${deadlineMs} ms, expected an answer`));
    }, deadlineMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
