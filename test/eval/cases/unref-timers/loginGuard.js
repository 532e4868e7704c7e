const failures = new Map();

/** Counts failed logins of an address, and forgets them after a day. */
export function noteFailure(address) {
  const entry = failures.get(address) ?? { address, count: 0, reasons: [] };
  entry.count++;
  entry.reasons = [...entry.reasons.slice(-4), 'wrong password'];
  failures.set(address, entry);
  const forget = () => failures.delete(address);
  setTimeout(forget, 86_400_000).unref();
  return entry.count;
}

export function isBlocked(address) {
  return (failures.get(address)?.count ?? 0) > 5;
}
