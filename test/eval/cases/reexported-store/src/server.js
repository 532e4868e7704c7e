import { search } from './search.js';

const terms = ['tea', 'cup', 'pot', 'honey'];

export const work = (i) => search('visitor ' + i, terms[i % terms.length]);
