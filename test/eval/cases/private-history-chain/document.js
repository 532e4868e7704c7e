export class Document {
  #text = '';
  #undo = null;

  get text() {
    return this.#text;
  }

  replace(text) {
    this.#undo = { text: this.#text, previous: this.#undo };
    this.#text = text;
  }

  undo() {
    if (!this.#undo) return;
    this.#text = this.#undo.text;
    this.#undo = this.#undo.previous;
  }
}
