import * as store from './store/index.js';

const catalogue = ['green tea', 'black tea', 'teapot', 'cup', 'kettle', 'honey'];

export function search(visitor, term) {
  const hits = catalogue.filter((product) => product.includes(term));
  store.searches.push({ visitor, term, hits });
  store.countPopular(term);
  return hits;
}
