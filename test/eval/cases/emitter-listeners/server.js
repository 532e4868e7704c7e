import { PriceFeed } from './priceFeed.js';
import { Watchlist } from './watchlist.js';

const feed = new PriceFeed();

export function work(i) {
  const list = new Watchlist(feed, ['TEA', 'MUG' + (i % 3)]).open();
  if (i % 100 === 0) feed.publish('MUG0', i);
  return list.close().length;
}
