'use strict';
const catalogue = require('./catalogue');

function nightlyImport(version) {
  const products = [];
  for (let i = 0; i < 8; i++) {
    products.push({ sku: 'sku-' + i, title: 'Product ' + i + ' of release ' + version });
  }
  catalogue.refresh(version, products);
}

exports.work = (i) => {
  nightlyImport(i);
  return catalogue.find('sku-3').title;
};
