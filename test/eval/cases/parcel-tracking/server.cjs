const { track } = require('./tracking.cjs');

/** POST /parcels */
exports.work = function work(i) {
  const parcel = { number: i, state: 'new', stations: [`depot ${i % 12}`] };
  track(parcel);
  return parcel.stations.length;
};
