/** Calls `compute` at most once in `ttl` milliseconds for the same argument. */
export function memo(compute, ttl) {
  const results = new Map();
  return (key) => {
    if (!results.has(key)) {
      results.set(key, compute(key));
      setTimeout(() => results.delete(key), ttl).unref();
    }
    return results.get(key);
  };
}
