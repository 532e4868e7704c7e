const signatures = new Map();

/** Remembers how a file begins, so that the same file can be told when it comes again. */
export function inspectUpload(name, body) {
  const signature = body.subarray(0, 16);
  for (const [other, known] of signatures) {
    if (known.equals(signature)) return other;
  }
  signatures.set(name, signature);
  return name;
}
