const notes = new WeakMap();
const products = Array.from({ length: 30 }, (_, n) => ({ sku: `P-${n}`, stock: 100 }));

function note(product, text) {
  if (!notes.has(product)) notes.set(product, []);
  notes.get(product).push({ text, at: Date.now() });
}

function recent(product) {
  return notes.get(product).slice(-3);
}

/** POST /products/:sku/stock */
exports.work = function work(i) {
  const product = products[i % products.length];
  product.stock += i % 2 ? 1 : -1;
  note(product, `stock is ${product.stock} after booking ${i}`);
  return recent(product).length;
};
