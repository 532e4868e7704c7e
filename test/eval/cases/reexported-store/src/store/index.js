export { searches, countPopular, popular } from './searches.js';
export const storeName = 'search statistics';
