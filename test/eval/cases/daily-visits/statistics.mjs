const days = new Map();

function bucketOf(day) {
  let bucket = days.get(day);
  if (!bucket) {
    bucket = { visits: [], visitors: new Set() };
    days.set(day, bucket);
  }
  return bucket;
}

export function record(day, visit) {
  const bucket = bucketOf(day);
  bucket.visits.push(visit);
  bucket.visitors.add(visit.visitor);
}

export function visitorsOn(day) {
  return bucketOf(day).visitors.size;
}
