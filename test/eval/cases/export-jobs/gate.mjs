/** Lets only some in at a time; the others wait. */
export class Gate {
  #free;
  #queue = [];

  constructor(places) {
    this.#free = places;
  }

  async enter() {
    if (this.#free > 0) this.#free--;
    else await new Promise((resolve) => this.#queue.push(resolve));
  }

  leave() {
    const next = this.#queue.shift();
    if (next) next();
    else this.#free++;
  }
}
