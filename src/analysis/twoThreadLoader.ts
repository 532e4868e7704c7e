import type { RpcClient } from '../base/rpc';
import { BitSet } from '../heap/bitSet';
import { sharedUint32 } from '../heap/column';
import { computeDetachedness } from '../heap/detachedness';
import { computeDominators } from '../heap/dominators';
import { EphemeronNames } from '../heap/ephemeronNames';
import { addEssentialEdges } from '../heap/essentialEdges';
import type { HeapGraph } from '../heap/heapGraph';
import { HeapSnapshot, READING, type PassListener } from '../heap/heapSnapshot';
import { findPageObjects } from '../heap/pageObjects';
import { computeRetainedSizes } from '../heap/retainedSizes';
import { EssentialRetainers, Retainers } from '../heap/retainers';
import { sizeHeap, type SizedHeap } from '../heap/sizedHeap';
import { notASnapshot } from '../heap/snapshotErrors';
import { SpanningTree } from '../heap/spanningTree';
import { allocateColumns, EdgeWriter, NodeWriter, sumUpEdgeCounts } from './graphColumns';
import type { LoaderContract, OpenRequest } from './loaderContract';
import { graphOf } from './loaderTasks';
import { RecordReader, recordSection } from './recordSection';
import type { SnapshotSections } from './sectionFinder';
import type { SnapshotFile } from './snapshotFile';

const READING_PASS = 'Reading the snapshot';

type Helper = RpcClient<LoaderContract>;

/**
 * Loads a snapshot on this thread and a helper, which have about the same to do.
 *
 * @throws LeaklineError `notASnapshot` if the streaming parser has to have a look
 */
export async function loadOnTwoThreads(
  file: SnapshotFile,
  sections: SnapshotSections,
  helper: Helper,
  onPass: PassListener,
): Promise<HeapSnapshot> {
  const parts = await readParts(file, sections, helper, (fraction) =>
    onPass(READING_PASS, READING * fraction),
  );
  const opened = helper.call('open', parts);
  const graph = graphOf(parts);
  const [snapshot] = await Promise.all([
    analyzeOnTwoThreads(graph, new EphemeronNames(parts.ephemerons), helper, onPass),
    opened,
  ]);
  return snapshot;
}

/**
 * Reads a snapshot on this thread and a helper, and takes sizes only.
 *
 * @throws LeaklineError as `loadOnTwoThreads`
 */
export async function readOnTwoThreads(
  file: SnapshotFile,
  sections: SnapshotSections,
  helper: Helper,
  onPass: PassListener,
): Promise<SizedHeap> {
  const parts = await readParts(file, sections, helper, (fraction) =>
    onPass(READING_PASS, fraction),
  );
  return sizeHeap(graphOf(parts));
}

/**
 * This thread reads nodes and edges from their start, the helper all the rest.
 * @param onRead told how much is read, 0..1
 */
async function readParts(
  file: SnapshotFile,
  sections: SnapshotSections,
  helper: Helper,
  onRead: (fraction: number) => void,
): Promise<OpenRequest> {
  const { format } = sections;
  onRead(0);
  const nodes = recordSection(sections.nodes, format.nodeCount, format.node.fieldCount);
  const edges = recordSection(sections.edges, format.edgeCount, format.edge.fieldCount);
  const columns = allocateColumns(format);
  const { descriptor } = file;
  const reading = helper.call('read', { descriptor, sections, nodes, edges, columns });
  const nodeWriter = new NodeWriter(format, columns);
  const edgeWriter = new EdgeWriter(format, columns);
  let result;
  try {
    const reportTo = (start: number, end: number) => (fraction: number) =>
      onRead(start + fraction * (end - start));
    const joinNodes = new RecordReader(file, nodes, nodeWriter).readForward(reportTo(0, 0.3));
    const joinEdges = new RecordReader(file, edges, edgeWriter).readForward(reportTo(0.3, 1));
    result = await reading;
    joinNodes(result.nodes);
    joinEdges(result.edges);
  } finally {
    // Until it is done the helper reads from the file, which the caller will close.
    await reading.catch(() => {});
  }
  sumUpEdgeCounts(columns.firstEdgeOf, format.edgeCount);
  const { strings, locations, ephemerons } = result;
  const greatestName = Math.max(
    nodeWriter.greatestName,
    edgeWriter.greatestName,
    result.greatestName,
  );
  if (greatestName >= strings.firstByteOf.length - 1) {
    throw notASnapshot(`string ${greatestName} is missing`, sections.strings);
  }
  return {
    nodeTypes: format.nodeTypes,
    edgeTypes: format.edgeTypes,
    extraNativeBytes: format.extraNativeBytes,
    ...{ columns, strings, locations, ephemerons },
  };
}

/** The passes of `analyzeGraph`, two at a time. */
async function analyzeOnTwoThreads(
  graph: HeapGraph,
  ephemerons: EphemeronNames,
  helper: Helper,
  onPass: PassListener,
): Promise<HeapSnapshot> {
  onPass('Finding the references that keep objects alive', READING);
  const counting = helper.call('countRetainers');
  const pageObjects = findPageObjects(graph);
  const firstRetainerOf = await counting;
  const essentialEdges = await findEssentialEdges(graph, pageObjects, ephemerons, helper);
  onPass('Finding retainers', 0.65);
  const retainingNodeOf = sharedUint32(graph.edgeCount);
  const essential = new BitSet(graph.edgeCount);
  const filling = helper.call('fillRetainers', {
    essentialBits: essentialEdges.words,
    firstRetainerOf,
    retainingNodeOf,
    essentialRetainerBits: essential.words,
  });
  const spanningTree = new SpanningTree(graph, essentialEdges);
  await filling;
  onPass('Finding dominators', 0.75);
  const measuring = helper.call('computeDistances');
  const detachednessOf = computeDetachedness(graph);
  const sizing = helper.call('computeShallowSizes', detachednessOf);
  const sorting = helper.call('buildClassTable', detachednessOf);
  const retainers = new Retainers(graph, firstRetainerOf, retainingNodeOf);
  const tree = computeDominators(spanningTree, new EssentialRetainers(retainers, essential));
  const [distances, selfSizes, classes] = await Promise.all([measuring, sizing, sorting]);
  onPass('Adding up sizes', 0.95);
  const retainedSizes = computeRetainedSizes(tree, selfSizes);
  const { dominatorOf } = tree;
  return new HeapSnapshot(graph, {
    retainers,
    selfSizes,
    distances,
    detachednessOf,
    dominatorOf,
    retainedSizes,
    classes,
  });
}

/** Each thread takes half of the edges. */
async function findEssentialEdges(
  graph: HeapGraph,
  pageObjects: BitSet,
  ephemerons: EphemeronNames,
  helper: Helper,
): Promise<BitSet> {
  const essential = new BitSet(graph.edgeCount);
  const firstNode = nodeOfEdge(graph, graph.edgeCount >>> 1);
  const firstEdge = graph.firstEdgeOf[firstNode];
  const adding = helper.call('addEssentialEdges', {
    firstNode,
    pageBits: pageObjects.words,
    essentialBits: essential.words,
  });
  // The word with the helper's first bit is the helper's until it is done.
  const ownEnd = nodeOfEdge(graph, firstEdge - (firstEdge % 32));
  addEssentialEdges(graph, pageObjects, ephemerons, 0, ownEnd, essential);
  await adding;
  addEssentialEdges(graph, pageObjects, ephemerons, ownEnd, firstNode, essential);
  return essential;
}

/** The last node whose edges begin at `edge` or before. */
function nodeOfEdge({ firstEdgeOf, nodeCount }: HeapGraph, edge: number): number {
  let low = 0;
  let high = nodeCount - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (firstEdgeOf[middle] <= edge) low = middle;
    else high = middle - 1;
  }
  return low;
}
