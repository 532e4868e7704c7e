const { PassThrough, Transform } = require('node:stream');

const ticker = new PassThrough({ objectMode: true });
ticker.setMaxListeners(0);
ticker.resume();

class View extends Transform {
  constructor(symbol) {
    super({ objectMode: true });
    this.symbol = symbol;
    this.last = undefined;
    this.resume();
  }

  _transform(quote, _encoding, done) {
    if (quote.symbol === this.symbol) this.last = quote.price;
    done();
  }
}

function subscribe(symbol) {
  const view = new View(symbol);
  ticker.pipe(view);
  return view;
}

function unsubscribe(view) {
  view.symbol = null;
}

/** One user looks at one price. */
exports.work = async function work(i) {
  const view = subscribe(`SYM${i % 20}`);
  ticker.write({ symbol: `SYM${i % 20}`, price: 100 + (i % 7) });
  await new Promise((resolve) => setImmediate(resolve));
  const { last } = view;
  if (i % 100 === 0) ticker.write({ symbol: 'SYM0', price: last });
  unsubscribe(view);
  return last;
};
