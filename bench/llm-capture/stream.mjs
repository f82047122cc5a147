/** A stream like that of OpenAI's client: an object with a controller, and an iterator that is made when it is read. */
export class Stream {
  constructor(chunks) {
    this.controller = new AbortController();
    this.iterator = async function* iterate() {
      for (const chunk of chunks) yield chunk;
    };
  }

  [Symbol.asyncIterator]() {
    return this.iterator();
  }
}
