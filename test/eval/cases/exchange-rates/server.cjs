const { Worker } = require('node:worker_threads');
const path = require('node:path');
const { fetchRates } = require('./rates.cjs');

const upstream = new Worker(path.join(__dirname, 'upstream.cjs'));
upstream.unref();
const listening = new Promise((resolve) => upstream.once('message', resolve));

exports.ready = listening;

exports.work = async function work(i) {
  const rates = await fetchRates(await listening, i % 2 ? 'EUR' : 'USD');
  return rates.length;
};
