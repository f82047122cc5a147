import { openLedgerWith } from '#lib/audit/open-ledger.js';
import { nodeFileSystem } from '#lib/audit/stores/file-system.js';

/** A sync that takes at least so long, as on a disk that has to wait for its medium. */
export function slowly(sync, ms) {
  return (done) => {
    const start = performance.now();
    sync((error) => {
      const left = ms - (performance.now() - start);
      if (left <= 0) done(error);
      else setTimeout(done, left, error);
    });
  };
}

/** Opens a ledger on a disk whose syncs take at least so long. */
export function openSlowLedger(options, ms) {
  const files = Object.assign(Object.create(nodeFileSystem), {
    // So that each sync is a call of its own.
    throughFlag: 0,
    fdatasync: (fd, done) => slowly((synced) => nodeFileSystem.fdatasync(fd, synced), ms)(done),
    fsync: (fd, done) => slowly((synced) => nodeFileSystem.fsync(fd, synced), ms)(done),
  });
  return openLedgerWith(options, { files });
}
