'use strict';

let current = null;

function refresh(version, products) {
  const previous = current;
  const describeChange = () => {
    if (previous) return previous.version + ' -> ' + version;
    return 'first version';
  };
  if (products.length === 0) throw new Error(describeChange());
  current = {
    version,
    index: new Map(products.map((product) => [product.sku, product])),
    find: (sku) => products.find((product) => product.sku === sku),
  };
}

module.exports = {
  refresh,
  find: (sku) => current.find(sku),
};
