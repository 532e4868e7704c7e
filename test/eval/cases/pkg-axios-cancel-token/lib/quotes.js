'use strict';
const axios = require('axios');
const carriers = require('./carriers');

// Cancelled when the process is told to stop, so that no request to a carrier holds it up.
const shutdown = axios.CancelToken.source();
process.once('SIGTERM', () => shutdown.cancel('shutting down'));

async function rates(parcel) {
  const url = `${await carriers.address}/rates/${parcel}`;
  const { data } = await axios.get(url, { cancelToken: shutdown.token, timeout: 5000 });
  return data;
}

exports.handle = async function handle(request) {
  const parcel = request.url.split('/').pop();
  const offers = await rates(parcel);
  return { parcel, cheapest: offers.sort((a, b) => a.price - b.price)[0] };
};
