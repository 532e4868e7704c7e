import type { CdpSession } from './cdpSession';

/** A few keys of a live object. */
export interface LiveKeys {
  /** What the strings are: keys of a Map, values in a Set, names of properties. */
  readonly kind: 'keys' | 'values' | 'names';
  /** At most five, at most 40 characters each, quoted if they are strings. */
  readonly samples: readonly string[];
}

const MAX_KEYS = 5;
const MAX_LENGTH = 40;
const GROUP = 'leakline.keys';

/**
 * Looks at the first few keys only: `Runtime.getProperties` would send every entry, and take seconds
 * for a Map of a million. V8 refuses it if it had an effect, such as calling a Proxy's handler.
 */
const FIRST_KEYS = `function () {
  const first = [];
  const note = (key) => {
    if (typeof key === 'string') first.push(key.slice(0, ${MAX_LENGTH + 1}));
    else if (typeof key === 'number') first.push(key);
    return first.length < ${MAX_KEYS};
  };
  const { prototype } = this instanceof Map ? Map : this instanceof Set ? Set : {};
  if (prototype) {
    for (const key of prototype.keys.call(this)) if (!note(key)) break;
  } else {
    for (const key in this) if (!note(key)) break;
  }
  return first;
}`;

const KINDS: Readonly<Record<string, LiveKeys['kind']>> = {
  map: 'keys',
  set: 'values',
  '': 'names',
};

/**
 * Reads a few keys of the object with this heap object id, without any effect in the target: nothing
 * is kept alive for longer than the look takes.
 * @returns undefined if the object is gone, has no such keys, or the look is refused.
 */
export async function sampleKeys(
  client: CdpSession,
  heapObjectId: number,
): Promise<LiveKeys | undefined> {
  try {
    const { objectId, subtype } = await client.send('HeapProfiler.getObjectByHeapObjectId', {
      objectId: String(heapObjectId),
      objectGroup: GROUP,
    });
    const kind = KINDS[subtype ?? ''];
    if (!objectId || !kind) return undefined;
    const { value } = await client.send('Runtime.callFunctionOn', {
      functionDeclaration: FIRST_KEYS,
      objectId,
      objectGroup: GROUP,
      silent: true,
      throwOnSideEffect: true,
      returnByValue: true,
    });
    const samples = Array.isArray(value) ? value.slice(0, MAX_KEYS).map(sampleText) : [];
    return samples.length > 0 ? { kind, samples } : undefined;
  } catch {
    return undefined;
  } finally {
    const released = client.send('Runtime.releaseObjectGroup', { objectGroup: GROUP });
    await released.catch(() => undefined);
  }
}

function sampleText(key: unknown): string {
  if (typeof key !== 'string') return String(Number(key));
  return JSON.stringify(key.length > MAX_LENGTH ? `${key.slice(0, MAX_LENGTH)}…` : key);
}
