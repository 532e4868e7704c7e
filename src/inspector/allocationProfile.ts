import { position0, type Position0 } from '../base/position';
import { count, entries, fields, id, integer, text, type Fields } from './inspectorProtocol';

/** Where objects that are alive were allocated, as estimated from a sample of the allocations. */
export interface AllocationProfile {
  readonly stacks: readonly AllocationStack[];
}

export interface AllocationStack {
  /** Estimated bytes that were allocated here and are alive. */
  readonly bytes: number;
  /** Innermost first. Code without a script (V8's builtins) is left out. */
  readonly frames: readonly AllocationFrame[];
}

/** A function on a stack: V8 does not say at which of its lines the call or the allocation is. */
export interface AllocationFrame {
  /** As V8 infers it, such as `track` or `Store.add`; empty for an anonymous one. */
  readonly functionName: string;
  readonly scriptId: number;
  /** `file:///…`, a path, `node:…`; empty for unnamed code. */
  readonly url: string;
  /** Start of the function. */
  readonly position: Position0;
}

/** V8 cuts stacks here; deeper ones are not from V8. */
const MAX_DEPTH = 1_000;

interface OpenNode {
  readonly node: Fields;
  readonly outer: readonly AllocationFrame[];
}

/**
 * Flattens the call tree of `HeapProfiler.getSamplingProfile`.
 * https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#type-SamplingHeapProfile
 * @throws LeaklineError `protocol` if it is not such a profile.
 */
export function readAllocationProfile(profile: Fields): AllocationProfile {
  const stacks: AllocationStack[] = [];
  const open: OpenNode[] = [{ node: fields(profile['head'], 'head'), outer: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, outer } = next;
    const frame = readFrame(fields(node['callFrame'], 'callFrame'));
    const frames = frame && outer.length < MAX_DEPTH ? [frame, ...outer] : outer;
    const bytes = count(node, 'selfSize');
    if (bytes > 0) stacks.push({ bytes, frames });
    for (const child of entries(node, 'children')) open.push({ node: child, outer: frames });
  }
  return { stacks };
}

function readFrame(frame: Fields): AllocationFrame | undefined {
  const scriptId = id(frame, 'scriptId');
  const line = integer(frame, 'lineNumber');
  const column = integer(frame, 'columnNumber');
  if (scriptId === 0 || line < 0 || column < 0) return undefined;
  const functionName = text(frame, 'functionName');
  return { functionName, scriptId, url: text(frame, 'url'), position: position0(line, column) };
}
