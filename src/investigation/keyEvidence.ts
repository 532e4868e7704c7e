import type { LiveKeys } from '../inspector/liveKeys';
import type { Finding, LeakShape, PathStep } from '../leaks/leakReport';

/** Containers whose keys tell what the leaked objects are for. */
const KEYED: ReadonlySet<LeakShape> = new Set<LeakShape>(['map', 'set', 'object']);
/** V8's own tables between a container and what is in it. */
const STORAGE = /^\(|^system \//;
/** A Map's key, or a property that is no identifier. */
const QUOTED_KEY = /^(entry |\[)".*"/s;

const LEADS: Readonly<Record<LiveKeys['kind'], string>> = {
  keys: 'Some of its keys',
  values: 'Some of its values',
  names: 'Some of its properties',
};

const EVENT_LEAD = 'The event is';

/**
 * What names the leaked objects go by: a few keys of the container, or the event of a listener.
 * @param look Gives keys of a live object by its id; undefined if there are none to be had.
 */
export async function keySentences(
  { shape, path }: Finding,
  look: (objectId: number) => Promise<LiveKeys | undefined>,
): Promise<string[]> {
  if (shape === 'listener') {
    const event = eventOf(path);
    return event === undefined ? [] : [`${EVENT_LEAD} ${event}.`];
  }
  const container = KEYED.has(shape) ? containerOf(path) : undefined;
  const keys = container && (await look(container.objectId));
  return keys ? [`${LEADS[keys.kind]}: ${keys.samples.join(', ')}.`] : [];
}

/**
 * The finding without what may be data of the program's users: the keys on its path, the names of
 * events, and what was said of either. Property names on the way there are those of the code.
 */
export function withoutKeys(finding: Finding): Finding {
  const { shape } = finding;
  const ofData = [
    shape === 'object' ? finding.path.length - 1 : -1,
    shape === 'listener' ? eventStep(finding.path) : -1,
  ];
  const path = finding.path.map((step, index) => {
    const isKey = ofData.includes(index);
    return { ...step, edge: isKey ? '[…]' : step.edge.replace(QUOTED_KEY, '$1…') };
  });
  const evidence = finding.evidence.filter((sentence) => !isKeySentence(sentence));
  const { container, ...rest } = finding;
  const isCode = container !== undefined && !isComputedEvent(finding);
  return { ...rest, ...(isCode && { container }), path, evidence };
}

/** A listener's container is its event, whose name may not stand in the code. */
function isComputedEvent({ shape, container = '', sites }: Finding): boolean {
  return shape === 'listener' && !sites.some(({ text }) => text.includes(container));
}

function isKeySentence(sentence: string): boolean {
  return [EVENT_LEAD, ...Object.values(LEADS)].some((lead) => sentence.startsWith(lead));
}

/** What the last object on the path was put in; undefined in a list, whose elements hold each other. */
function containerOf(path: readonly PathStep[]): PathStep | undefined {
  const leaked = path.at(-1);
  const above = path.slice(0, -1).findLast(({ className }) => !STORAGE.test(className));
  const linked = above?.edge === leaked?.edge && above?.className === leaked?.className;
  return linked ? undefined : above;
}

/** EventEmitter holds listeners by the event's name in `_events`, EventTarget in a Map. */
function eventOf(path: readonly PathStep[]): string | undefined {
  const edge = path[eventStep(path)]?.edge;
  return edge && /^(?:\.|entry |\[)(.+?)\]?$/s.exec(edge)?.[1];
}

/** The index of the step to what is held for an event; -1 if there is none. */
function eventStep(path: readonly PathStep[]): number {
  const table = path.findLastIndex(({ edge }) => /^\._events$|kEvents>"\]$/.test(edge));
  return table < 0 ? -1 : table + 1;
}
