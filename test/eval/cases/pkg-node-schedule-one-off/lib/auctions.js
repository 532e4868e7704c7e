'use strict';
const schedule = require('node-schedule');

const closed = { count: 0, turnover: 0 };

function close(auction) {
  closed.count++;
  closed.turnover += auction.bids[auction.bids.length - 1].amount;
}

exports.handle = async function handle(request) {
  const id = request.url.split('/')[2];
  const bids = Array.from({ length: 10 }, (_, at) => ({ bidder: `b${at}`, amount: 10 + at }));
  const auction = { id, bids };
  // Bids on their way are waited for.
  const moment = new Date(Date.now() + 600);
  const job = schedule.scheduleJob(`close-${id}`, moment, () => close(auction));
  if (!job) throw new Error('The moment has passed.');
  return { id, moment, closed: closed.count };
};
