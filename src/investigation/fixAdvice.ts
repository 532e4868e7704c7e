import type { Suspect } from '../leaks/leakAnalysis';
import type { LeakShape, Site } from '../leaks/leakReport';

/** What is known of a leak when its fix is looked for. */
export interface LeakCase {
  readonly suspect: Suspect;
  /** In original names. */
  readonly container: string | undefined;
  readonly className: string;
  /** The first site of the finding. */
  readonly best: Site | undefined;
  /** A line that removes from the container, or ends such a registration. */
  readonly removal: Site | undefined;
  /** True if `removal` keeps the container below a limit. */
  readonly bounded: boolean;
  /** The project's call into the package that leaks. */
  readonly caller: Site | undefined;
}

/** How a leak of this kind is fixed, in a sentence or two with the names of the case. */
export function fixAdvice(leak: LeakCase): string {
  const fix = leak.bounded ? boundedFix(leak) : (mechanismFix(leak) ?? shapeFix(leak));
  return [fix, ...packageFix(leak)].join(' ');
}

function boundedFix({ removal, container }: LeakCase): string {
  const limit = removal ? ` at ${placeOf(removal)}` : '';
  return (
    `Nothing, if ${named(container, 'the container')} stops growing at its limit: run more rounds ` +
    `to see. If it does not, the eviction${limit} does not remove what it should.`
  );
}

/** Advice for objects that say by their class or their holder what keeps them. */
function mechanismFix(leak: LeakCase): string | undefined {
  const { suspect, className } = leak;
  const holders = suspect.path.slice(0, -1).map((step) => step.className);
  const nearest = holders.slice(-MAX_REACH);
  if (suspect.shape === 'timer') return timerFix(leak);
  if (suspect.shape === 'listener') return listenerFix(leak, holders);
  if (nearest.includes('FinalizationRegistry')) {
    return (
      'The held value must not refer to the object that is registered, or neither is ever freed; ' +
      'call unregister() with a token once the object is done.'
    );
  }
  if (nearest.includes('WeakMap') || nearest.includes('WeakSet')) {
    return (
      'An entry of a WeakMap lives as long as its key: use a key that ends with the work (the ' +
      'request, not something that lives as long as the process), and do not let the value hold it.'
    );
  }
  return CLASS_FIXES.find(([classes]) => classes.test(className))?.[1];
}

/** Holders farther up have no part in how objects are kept. */
const MAX_REACH = 4;

const CLASS_FIXES: readonly (readonly [RegExp, string])[] = [
  [
    /^(Async)?Generator$/,
    'A generator or async function that is not run to its end keeps all its variables: leave its ' +
      'loop by break or return, call return() on it, or see that what it awaits settles.',
  ],
  [
    /^(Module|ModuleWrap|SourceTextModule|ContextifyScript)$/,
    'Every path or query that is loaded for the first time stays in the module cache: load the ' +
      'module once, outside of the work, and pass it what changes.',
  ],
  [
    /^(Socket|TLSSocket|TCP|Pipe|TLSWrap|Http2Session|ClientHttp2Session)$/,
    'End or destroy() each connection on every path, errors and timeouts included, or share one ' +
      'agent or pool with a limit instead of making one per piece of work.',
  ],
  [
    /^(Agent|ClientRequest|IncomingMessage|ServerResponse|OutgoingMessage)$/,
    'Consume or destroy() each response and request, also on errors, and share one agent instead ' +
      'of making one per piece of work.',
  ],
  [
    /^(ReadStream|WriteStream|Readable|Writable|Duplex|Transform|PassThrough|Gzip|Gunzip|Inflate|Deflate|FileHandle)$/,
    'Destroy the stream on every path: stream.pipeline() destroys all its streams when one ' +
      'fails, pipe() does not.',
  ],
  [
    /^(Worker|MessagePort|MessageChannel|BroadcastChannel)$/,
    'Close the port or terminate the worker when its work is done, or keep a fixed pool of them.',
  ],
  [
    /^\(sliced string\)$/,
    'A part of a string keeps the whole string alive: store a copy of the part, such as ' +
      'Buffer.from(part).toString().',
  ],
];

function timerFix({ best, suspect, className }: LeakCase): string {
  const text = `${best?.text ?? ''} ${suspect.title}`;
  if (/Immediate/.test(className)) return 'Keep the id and call clearImmediate() when it is done.';
  const kind = /\bsetInterval\b/.test(text)
    ? 'Interval'
    : /\bsetTimeout\b/.test(text)
      ? 'Timeout'
      : '';
  const clear = kind === '' ? 'clearTimeout() or clearInterval()' : `clear${kind}()`;
  const starts = kind === '' ? 'the call' : `set${kind}()`;
  return (
    `Keep the id that ${starts} returns and call ${clear} as soon as the timer is not needed, also ` +
    'when the work fails or something else is faster. unref() frees nothing.'
  );
}

function listenerFix({ best, removal }: LeakCase, holders: readonly string[]): string {
  const text = best?.text ?? '';
  const event =
    /\b(?:on|once|addListener|addEventListener|prependListener)\(\s*(['"`])(.+?)\1/.exec(text);
  const of = event ? ` for '${event[2]}'` : '';
  if (holders.includes('AbortSignal') || /\baddEventListener\b/.test(text)) {
    return (
      `Remove the listener${of} when the work is done: removeEventListener() with the same ` +
      'function, or give addEventListener() { once: true } or the signal of an AbortController ' +
      'that you abort at the end of the work.'
    );
  }
  if (removal) {
    return (
      `Make sure that ${placeOf(removal)} runs for every listener${of}, also when the work fails, ` +
      'and is given the same function that was added: a new arrow function or bind() is another one.'
    );
  }
  return (
    `Remove the listener${of} when the work is done: off() with the same function, or once() if ` +
    'the event is sure to come; or add a single listener at the start, outside of the work.'
  );
}

function shapeFix(leak: LeakCase): string {
  const { suspect, container, removal } = leak;
  if (isLinkedList(suspect)) {
    return (
      'Each object holds the one before or after it: cut the link when the older one is done, or ' +
      'keep only the newest.'
    );
  }
  if (removal) {
    return (
      `See why ${placeOf(removal)} does not run for these: remove on every path, errors and ` +
      `timeouts included, or give ${named(container, 'the container')} a limit.`
    );
  }
  return SHAPE_FIXES[suspect.shape](container);
}

const SHAPE_FIXES: Readonly<Record<LeakShape, (container: string | undefined) => string>> = {
  map: (name) =>
    `Delete from ${named(name, 'the Map')} what is no longer needed, or give it a limit and evict ` +
    'the oldest entry beyond it (LRU). If its keys are objects, a WeakMap lets go with the key.',
  set: (name) =>
    `Delete from ${named(name, 'the Set')} what is done, also when it fails. A WeakSet lets go of ` +
    'objects by itself, if nobody needs to list them.',
  array: (name) =>
    `Take out of ${named(name, 'the array')} what is done (splice, shift), or keep only the last ` +
    'few: drop the oldest when its length passes a limit.',
  object: (name) =>
    `Delete from ${named(name, 'the object')} what is no longer needed, or set it to undefined; ` +
    'where keys come and go, a Map with a limit is the better store.',
  listener: () => 'Remove the listener when the work is done.',
  timer: () => 'Clear the timer when the work is done.',
  closure: (name) =>
    `Let go of the function in ${named(name, 'its holder')} when it is done. It keeps every variable ` +
    'that any function of its scope uses: move what is large out of that scope.',
  promise: (name) =>
    `Settle the promise on every path, with a timeout if need be, and do not wait for a long-lived ` +
    `promise ${name === undefined ? '' : `such as ${named(name, '')} `}per piece of work: each await, ` +
    'then() or Promise.race() adds a reaction that stays until it settles.',
  string: (name) =>
    `Do not add to ${named(name, 'the string')} for ever: write it out and start anew, or keep the ` +
    'end of it. If it is a part of a larger string, store a copy: Buffer.from(part).toString().',
  buffer: (name) =>
    `Let go of ${named(name, 'the buffers')} when they are done. A slice keeps the whole memory behind ` +
    'it: store a copy of the few bytes, Buffer.from(slice).',
  other: (name) => `Let go of what ${named(name, 'the holder')} keeps when the work is done.`,
};

/** The leaked object is held by the same field of another object of its class. */
function isLinkedList({ path, className }: Suspect): boolean {
  const [above, last] = path.slice(-2);
  const linked = last && above?.className === className && last.className === className;
  return linked === true && className !== 'Array' && className !== 'Map';
}

function packageFix({ best, caller }: LeakCase): string[] {
  const inside =
    best && /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(best.file);
  if (!inside) return [];
  const change = caller
    ? `; until then, change the call at ${placeOf(caller)}, which leads there`
    : '';
  return [`The line is in the package ${inside[1]}: look for a version that fixes it${change}.`];
}

function named(name: string | undefined, otherwise: string): string {
  if (name === undefined) return otherwise;
  return name.includes(' ') ? `the ${name}` : `\`${name}\``;
}

function placeOf({ file, line }: Site): string {
  return `${file}:${line}`;
}
