// node --expose-gc appHeap.cjs SCALE FILE...: fills a heap like that of a web application and writes
// it with v8.writeHeapSnapshot, once per FILE, working a little in between. What is in it depends on
// SCALE alone: there is no clock and no true randomness.
const { EventEmitter } = require('node:events');
const { writeHeapSnapshot } = require('node:v8');

let seed = 20250117;
/** A whole number from 0 to below `limit`: Knuth's linear congruential generator. */
function random(limit) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * limit);
}

const WORDS = 'amber birch cedar delta ember fjord grove heath inlet jetty knoll larch marsh'.split(
  ' ',
);
const word = () => WORDS[random(WORDS.length)];
/** Strings made by joining are trees inside V8; through a buffer they become one piece. */
const flat = (text) => Buffer.from(text).toString();
const hex = () =>
  random(2 ** 32)
    .toString(16)
    .padStart(8, '0');

class Account extends EventEmitter {
  constructor(id) {
    super();
    this.id = id;
    this.email = flat(`${word()}.${word()}${id}@example.com`);
    this.address = new Address();
    this.tags = [word(), word()];
    this.created = new Date(1.7e12 + id);
    this.settings = { theme: word(), notify: { mail: true, push: id % 2 === 0 } };
    this.on('change', (value) => this.id + value);
  }
}

class Address {
  constructor() {
    this.street = flat(`${random(999)} ${word()} street`);
    this.city = word();
    this.position = { latitude: random(1e6) / 7, longitude: random(1e6) / 7 };
  }
}

class Article {
  constructor(id) {
    this.sku = flat(`sku-${hex()}-${id}`);
    this.title = `${word()} ${word()} ${id}`; // stays a tree
    this.price = random(1e5) / 100;
    this.attributes = new Map([
      ['color', word()],
      ['weight', random(50)],
    ]);
  }
}

class Order {
  constructor(id, account, articles) {
    this.id = flat(`${hex()}-${hex()}`);
    this.account = account;
    this.lines = articles.map((article) => new OrderLine(this, article));
    this.meta = { source: word(), index: id, note: undefined };
  }
}

class OrderLine {
  constructor(order, article) {
    this.order = order;
    this.article = article;
    this.quantity = 1 + random(5);
  }
}

/** A cache with a doubly linked list: engines that take square time for long chains stop here. */
class RecentOrders {
  entries = new Map();
  newest = null;

  add(order) {
    const entry = { key: order.id, order, newer: null, older: this.newest };
    if (this.newest) this.newest.newer = entry;
    this.newest = entry;
    this.entries.set(order.id, entry);
  }
}

class RequestContext {
  #token = flat(hex() + hex());

  constructor(id) {
    this.headers = { host: 'example.com', agent: `client/${id % 17}`, trace: flat(hex()) };
    this.body = Buffer.alloc(32 + (id % 64), id);
    this.finish = () => this.#token + id;
  }
}

class ElementNode {
  constructor(depth, parent) {
    this.parent = parent;
    this.attributes = { class: word(), key: hex(), click: () => this.parent };
    this.children = Array.from(
      { length: depth > 0 ? 4 : 0 },
      () => new ElementNode(depth - 1, this),
    );
  }
}

class App {
  accounts = [];
  articles = [];
  orders = [];
  byEmail = new Map();
  ordersById = Object.create(null);
  recent = new RecentOrders();
  sessions = new WeakMap();
  references = [];
  contexts = new Set();
  pages = [];
  waiting = [];
  excerpts = [];
  documents = [];
  samples = [];

  grow(count) {
    for (let i = 0; i < count; i++) {
      const id = this.accounts.length;
      this.addAccount(id);
      this.articles.push(new Article(id));
      this.addOrder(2 * id);
      this.addOrder(2 * id + 1);
      if (id % 2 === 0) this.addContext(id);
      if (id % 200 === 0) this.pages.push(new ElementNode(4, null));
      if (id % 4 === 0) this.addDocument(id);
    }
  }

  addAccount(id) {
    const account = new Account(id);
    this.accounts.push(account);
    this.byEmail.set(account.email, account);
    this.sessions.set(account, { token: flat(hex()), account });
    if (id % 10 === 0) this.references.push(new WeakRef(account));
  }

  addOrder(id) {
    const articles = Array.from(
      { length: 1 + random(4) },
      () => this.articles[random(this.articles.length)],
    );
    const order = new Order(id, this.accounts[random(this.accounts.length)], articles);
    this.orders.push(order);
    this.ordersById[order.id] = order;
    if (id % 8 === 0) this.recent.add(order);
  }

  addContext(id) {
    const context = new RequestContext(id);
    this.contexts.add(context);
    if (id % 8 === 0) this.waiting.push(new Promise(() => {}).then(() => context.finish()));
  }

  addDocument(id) {
    const text = `{"id":${id},"key":"${hex()}","list":[1,2.5,null,{"deep":["${hex()}","${word()}"]}]}`;
    this.documents.push(JSON.parse(text));
    this.excerpts.push(LONG_TEXT.slice(random(500), 700 + random(500)));
    this.samples.push({ at: random(1e6) / 3, big: BigInt(id) ** 20n });
    if (id % 20 === 0) this.samples.push(new Float64Array(16 + random(64)));
  }
}

const LONG_TEXT = flat(WORDS.join(' ').repeat(40));

const [scale, ...files] = process.argv.slice(2);
const app = (globalThis.app = new App());
for (const [index, file] of files.entries()) {
  app.grow(index === 0 ? Number(scale) : Math.ceil(Number(scale) / 50));
  globalThis.gc();
  writeHeapSnapshot(file);
}
process.exit(0);
