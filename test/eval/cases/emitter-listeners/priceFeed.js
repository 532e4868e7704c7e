import { EventEmitter } from 'node:events';

export class PriceFeed extends EventEmitter {
  #prices = new Map();

  constructor() {
    super();
    this.setMaxListeners(0);
  }

  publish(symbol, price) {
    this.#prices.set(symbol, price);
    this.emit('price', symbol, price);
  }

  priceOf(symbol) {
    return this.#prices.get(symbol);
  }
}
