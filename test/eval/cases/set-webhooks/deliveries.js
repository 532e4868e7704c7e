import { createHash } from 'node:crypto';

const seen = new Set();

export function fingerprint({ source, body }) {
  return source + ':' + createHash('sha256').update(body).digest('hex');
}

/** Answers false for a delivery that came before. */
export function accept(delivery) {
  const mark = fingerprint(delivery);
  if (seen.has(mark)) return false;
  seen.add(mark);
  return true;
}
