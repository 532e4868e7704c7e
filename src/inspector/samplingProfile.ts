import type {
  AllocationFrame,
  AllocationProfile,
  AllocationStack,
} from '../base/allocationProfile';
import { position0 } from '../base/position';
import { count, entries, fields, id, integer, text, type Fields } from './inspectorProtocol';

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
export function readSamplingProfile(profile: Fields): AllocationProfile {
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
  return { kind: 'sampled', stacks };
}

function readFrame(frame: Fields): AllocationFrame | undefined {
  const scriptId = id(frame, 'scriptId');
  const line = integer(frame, 'lineNumber');
  const column = integer(frame, 'columnNumber');
  if (scriptId === 0 || line < 0 || column < 0) return undefined;
  const functionName = text(frame, 'functionName');
  return { functionName, scriptId, url: text(frame, 'url'), position: position0(line, column) };
}
