/** An exporter of the application that keeps what it got, after its shutdown too. */
export class KeptSpans {
  finished = [];

  export(spans, done) {
    this.finished.push(...spans);
    done({ code: 0 });
  }

  async forceFlush() {}

  async shutdown() {}
}

/** A resource attribute that is known only when the loop came round, as those of `NodeSDK`'s detectors are. */
export class LateDetector {
  settled = new Promise((resolve) => setImmediate(resolve, 'late'));

  detect() {
    return { attributes: { 'late.name': this.settled } };
  }
}
