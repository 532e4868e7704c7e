export class LruCache {
  #entries = new Map();
  #newest = null;
  #oldest = null;

  constructor(options) {
    this.max = options.max;
  }

  get(key) {
    return this.#entries.get(key)?.value;
  }

  set(key, value) {
    const entry = { key, value, older: this.#newest, newer: null };
    if (this.#newest) this.#newest.newer = entry;
    this.#newest = entry;
    this.#oldest ??= entry;
    this.#entries.set(key, entry);
    if (this.#entries.size > this.max) this.#evict();
  }

  #evict() {
    const { key, newer } = this.#oldest;
    this.#entries.delete(key);
    this.#oldest = newer;
    newer.older = null;
  }
}
