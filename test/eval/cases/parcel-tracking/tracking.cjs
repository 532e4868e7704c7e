const INTERVAL = 100;

function locate(parcel) {
  const age = parcel.stations.length;
  return age < 3 ? `station ${parcel.number % 31}` : undefined;
}

function track(parcel) {
  const station = locate(parcel);
  if (station) parcel.stations.push(station);
  if (parcel.state !== 'delivered') setTimeout(track, INTERVAL, parcel).unref();
}

exports.track = track;
