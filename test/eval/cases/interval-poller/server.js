'use strict';
const ParcelTracker = require('./tracker');

const carrier = { stateOf: (parcel) => (parcel.endsWith('?') ? 'lost' : 'delivered') };

exports.work = (i) => {
  const tracker = new ParcelTracker(carrier, 'parcel ' + i);
  tracker.start(3_600_000);
  if (tracker.delivered) tracker.stop();
};
