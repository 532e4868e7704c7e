export class Watchlist {
  constructor(feed, symbols) {
    this.feed = feed;
    this.symbols = new Set(symbols);
    this.changes = [];
    this.onPrice = (symbol, price) => {
      if (this.symbols.has(symbol)) this.changes.push({ symbol, price });
    };
  }

  open() {
    this.feed.on('price', this.onPrice);
    return this;
  }

  close() {
    const { changes } = this;
    this.changes = [];
    return changes;
  }
}
