import { LeaklineError } from '../base/errors';
import { targetText } from './targetText';

/**
 * The part of the Chrome DevTools Protocol that Leakline uses. What a target sends is data from
 * outside: each reader here checks it and gives it a type, so that nobody else has to.
 * https://chromedevtools.github.io/devtools-protocol/v8/
 */

export type Fields = Readonly<Record<string, unknown>>;

/** Readers of the events' parameters, by method. */
export const EVENTS = {
  'Debugger.paused': nothing,
  'Debugger.scriptParsed': (params: Fields) => ({
    scriptId: id(params, 'scriptId'),
    url: text(params, 'url'),
    sourceMapUrl: optionalText(params, 'sourceMapURL'),
    hash: optionalText(params, 'hash'),
    isModule: params['isModule'] === true,
    length: params['length'] === undefined ? 0 : count(params, 'length'),
  }),
  'HeapProfiler.addHeapSnapshotChunk': (params: Fields) => ({ chunk: text(params, 'chunk') }),
  'HeapProfiler.heapStatsUpdate': (params: Fields) => ({
    statsUpdate: counts(params, 'statsUpdate'),
  }),
  'HeapProfiler.reportHeapSnapshotProgress': (params: Fields) => ({
    done: count(params, 'done'),
    total: count(params, 'total'),
  }),
  'NodeRuntime.waitingForDisconnect': nothing,
  'NodeWorker.attachedToWorker': (params: Fields) => {
    const worker = fields(params['workerInfo'], 'workerInfo');
    return {
      sessionId: text(params, 'sessionId'),
      title: targetText(text(worker, 'title')),
      url: targetText(text(worker, 'url')),
    };
  },
  'NodeWorker.detachedFromWorker': (params: Fields) => ({ sessionId: text(params, 'sessionId') }),
  'NodeWorker.receivedMessageFromWorker': (params: Fields) => ({
    sessionId: text(params, 'sessionId'),
    /** A message of the protocol, as JSON. */
    message: text(params, 'message'),
  }),
};

/** Readers of the commands' results, by method. */
export const COMMANDS = {
  'Debugger.enable': nothing,
  'Debugger.evaluateOnCallFrame': nothing,
  'Debugger.getScriptSource': (result: Fields) => ({ source: text(result, 'scriptSource') }),
  'Debugger.setSkipAllPauses': nothing,
  'HeapProfiler.collectGarbage': nothing,
  'HeapProfiler.disable': nothing,
  'HeapProfiler.enable': nothing,
  'HeapProfiler.getHeapObjectId': (result: Fields) => ({
    heapObjectId: id(result, 'heapSnapshotObjectId'),
  }),
  'HeapProfiler.getObjectByHeapObjectId': (result: Fields) => {
    const value = fields(result['result'], 'result');
    return { subtype: optionalText(value, 'subtype'), objectId: optionalText(value, 'objectId') };
  },
  'HeapProfiler.getSamplingProfile': (result: Fields) => ({
    profile: fields(result['profile'], 'profile'),
  }),
  'HeapProfiler.startSampling': nothing,
  'HeapProfiler.startTrackingHeapObjects': nothing,
  'HeapProfiler.stopSampling': nothing,
  'HeapProfiler.takeHeapSnapshot': nothing,
  'NodeRuntime.notifyWhenWaitingForDisconnect': nothing,
  'NodeWorker.detach': nothing,
  'NodeWorker.disable': nothing,
  'NodeWorker.enable': nothing,
  'NodeWorker.sendMessageToWorker': nothing,
  'Runtime.callFunctionOn': (result: Fields) => ({
    value: fields(result['result'], 'result')['value'],
  }),
  'Runtime.evaluate': (result: Fields) => {
    const value = fields(result['result'], 'result');
    return {
      threw: result['exceptionDetails'] !== undefined,
      type: text(value, 'type'),
      value: value['value'],
      objectId: optionalText(value, 'objectId'),
    };
  },
  'Runtime.getIsolateId': (result: Fields) => ({ id: text(result, 'id') }),
  'Runtime.getHeapUsage': (result: Fields) => ({
    usedSize: count(result, 'usedSize'),
    totalSize: count(result, 'totalSize'),
    ...(result['backingStorageSize'] !== undefined && {
      backingStorageSize: count(result, 'backingStorageSize'),
    }),
  }),
  'Runtime.releaseObjectGroup': nothing,
};

export type InspectorEvents = { [M in keyof typeof EVENTS]: ReturnType<(typeof EVENTS)[M]> };
export type InspectorCommands = { [M in keyof typeof COMMANDS]: ReturnType<(typeof COMMANDS)[M]> };

/** Tells whether `method` is an event that somebody here can listen to. */
export function isKnownEvent(method: string): method is keyof InspectorEvents {
  return Object.hasOwn(EVENTS, method);
}

/** @throws LeaklineError `protocol` if `value` is not an object. */
export function fields(value: unknown, name: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw malformed(name);
}

function nothing(): object {
  return {};
}

export function text(from: Fields, name: string): string {
  const value = from[name];
  if (typeof value === 'string') return value;
  throw malformed(name);
}

/** Absent and empty are the same to every caller. */
function optionalText(from: Fields, name: string): string | undefined {
  return from[name] === undefined ? undefined : text(from, name) || undefined;
}

export function count(from: Fields, name: string): number {
  const value = from[name];
  if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value;
  throw malformed(name);
}

export function integer(from: Fields, name: string): number {
  const value = from[name];
  if (Number.isSafeInteger(value)) return value as number;
  throw malformed(name);
}

/** A list of numbers from 0 on. */
function counts(from: Fields, name: string): number[] {
  const value = from[name];
  const isCount = (item: unknown) => typeof item === 'number' && item >= 0 && Number.isFinite(item);
  if (Array.isArray(value) && value.every(isCount)) return value as number[];
  throw malformed(name);
}

/** A list of objects. */
export function entries(from: Fields, name: string): Fields[] {
  const value = from[name];
  if (Array.isArray(value)) return value.map((entry) => fields(entry, name));
  throw malformed(name);
}

/** V8 sends its ids as decimal strings. */
export function id(from: Fields, name: string): number {
  const value = text(from, name);
  const number = Number(value);
  if (/^\d{1,15}$/.test(value)) return number;
  throw malformed(name);
}

function malformed(name: string): LeaklineError {
  return new LeaklineError(
    'protocol',
    `The target sent a message that is not in the inspector protocol ("${name}" is missing or of the wrong type).`,
    'Check that the address belongs to a Node.js inspector.',
  );
}
