const { EventEmitter } = require('node:events');

class Client extends EventEmitter {
  constructor(number) {
    super();
    this.number = number;
    this.setMaxListeners(0);
  }

  async query(text, values) {
    await null;
    return [`${text} ${values} by ${this.number}`];
  }
}

class Pool {
  constructor(size) {
    this.idle = Array.from({ length: size }, (_, n) => new Client(n));
  }

  async connect() {
    return this.idle.shift();
  }

  release(client) {
    this.idle.push(client);
  }
}

exports.Pool = Pool;
