interface Watch {
  work: (() => void) | undefined;
}

const registry = new FinalizationRegistry<Watch>((watch) => watch.work?.());

/**
 * Runs work when an object was collected; returns the undo. The work must not reference the object. The registry gets no
 * token to unregister by: its table of tokens never shrinks, so a burst of objects would leave megabytes behind.
 */
export function onCollected(target: object, work: () => void): () => void {
  const watch: Watch = { work };
  registry.register(target, watch);
  return () => {
    watch.work = undefined;
  };
}
