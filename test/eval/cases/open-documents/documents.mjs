let closed = 0;

const cleanup = new FinalizationRegistry(({ id, lock }) => {
  closed++;
  lock.release(id);
});

class Lock {
  held = true;

  constructor(document) {
    this.document = document;
  }

  release() {
    this.held = false;
  }
}

class Document {
  constructor(id) {
    this.id = id;
    this.text = `document ${id} `.repeat(4);
    this.views = 0;
  }

  touch() {
    this.views++;
  }

  summary() {
    return `${this.text.length} characters, ${this.views} views, ${closed} closed`;
  }
}

export function openDocument(id) {
  const document = new Document(id);
  cleanup.register(document, { id, lock: new Lock(document) });
  return document;
}
