/** Calls `compute` once for each argument that is different as JSON. */
export function memoize<In, Out>(compute: (input: In) => Out): (input: In) => Out {
  const results: Record<string, Out> = {};
  return (input) => {
    const key = JSON.stringify(input);
    if (!(key in results)) results[key] = compute(input);
    return results[key];
  };
}
