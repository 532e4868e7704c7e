import type { LeakShape } from '../leaks/leakReport';

/** What a kind of leak is called and how it is fixed, for those who have no page at hand. */
export interface ShapeGuide {
  /** An identifier, for tools that show one. */
  readonly name: string;
  /** As the title of docs/shapes/SHAPE.md. */
  readonly title: string;
  /** What happens, in a sentence. */
  readonly symptom: string;
  readonly fix: string;
}

export const SHAPE_GUIDES: Readonly<Record<LeakShape, ShapeGuide>> = {
  map: {
    name: 'GrowingMap',
    title: 'A Map that only grows',
    symptom: 'Something is put into a Map for each request, and nothing takes it out again.',
    fix: 'Delete an entry when its work is done, or keep only the newest; a WeakMap lets an entry go with its key.',
  },
  set: {
    name: 'GrowingSet',
    title: 'A Set that only grows',
    symptom: 'Something is added to a Set for each request, and nothing deletes it again.',
    fix: 'Delete what is done with, or keep only the newest; a WeakSet lets a member go by itself.',
  },
  array: {
    name: 'GrowingArray',
    title: 'An array that only grows',
    symptom: 'Something is pushed for each request, and nothing shifts or splices it out.',
    fix: 'Take out what was worked off, or drop the oldest beyond a limit.',
  },
  object: {
    name: 'GrowingObject',
    title: 'An object with ever more properties',
    symptom: 'An object is used as a dictionary, and its keys are never deleted.',
    fix: 'Delete the property when its work is done; use a Map with a limit for what is a cache.',
  },
  listener: {
    name: 'UnremovedListener',
    title: 'Listeners that are not removed',
    symptom: 'A listener is added for each request to an emitter that outlives it.',
    fix: 'Remove the listener when the work is done, use once, or pass the signal of an AbortController.',
  },
  closure: {
    name: 'KeptFunction',
    title: 'Functions that are kept',
    symptom: 'Functions are kept for each request, and with each the variables that it can see.',
    fix: 'Drop the function when its work is done, and let it see no more than it needs.',
  },
  timer: {
    name: 'UnclearedTimer',
    title: 'Timers that are not cleared',
    symptom: 'A timer is started for each request and never cleared.',
    fix: 'Keep what setInterval or setTimeout returns and clear it, also on errors.',
  },
  promise: {
    name: 'PendingPromise',
    title: 'Promises that wait for ever',
    symptom:
      'Something waits for a promise that never settles, and keeps all that it needs after it.',
    fix: 'Settle every promise: give the work a deadline, and reject what is given up.',
  },
  string: {
    name: 'GrowingString',
    title: 'Strings that grow or keep a larger one',
    symptom:
      'A string is added to again and again, or a short piece keeps the long text it was cut from.',
    fix: 'Write out and start anew what is collected, and copy what is to be kept of a long text.',
  },
  buffer: {
    name: 'KeptBuffer',
    title: 'Buffers that are kept',
    symptom: 'Memory outside of the JavaScript heap is held by buffers that nobody needs any more.',
    fix: 'Let go of the buffer when it was used, and copy a small part rather than keep the whole.',
  },
  other: {
    name: 'KeptObjects',
    title: 'Other ways to be kept',
    symptom: 'Objects pile up by a way that has no name of its own.',
    fix: 'Follow the retaining chain to what holds them, and let go there when the work is done.',
  },
};
