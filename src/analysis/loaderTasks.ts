import type { RpcHandlers } from '../base/rpc';
import { BitSet } from '../heap/bitSet';
import { buildClassTable } from '../heap/classTable';
import { computeDistances, distanceScratch } from '../heap/distances';
import { EphemeronNames, findEphemeronNames } from '../heap/ephemeronNames';
import { addEssentialEdges } from '../heap/essentialEdges';
import { HeapGraph } from '../heap/heapGraph';
import { LocationTable } from '../heap/locationTable';
import { countRetainers, fillRetainers } from '../heap/retainers';
import { computeShallowSizes } from '../heap/shallowSizes';
import { StringTable } from '../heap/stringTable';
import { EdgeWriter, NodeWriter } from './graphColumns';
import type { LoaderContract, OpenRequest, ReadRequest, ReadResult } from './loaderContract';
import { RecordReader } from './recordSection';
import { readLocations, readStrings } from './scannedSections';
import { SnapshotFile } from './snapshotFile';

/** Makes the work of the second thread. */
export function loaderTasks(): RpcHandlers<LoaderContract> {
  let graph: HeapGraph;
  let ephemerons: EphemeronNames;
  let scratch: Uint32Array;
  return {
    read: readFromTheEnd,
    open: (request) => {
      graph = graphOf(request);
      ephemerons = new EphemeronNames(request.ephemerons);
      scratch = distanceScratch(graph);
    },
    countRetainers: () => countRetainers(graph),
    addEssentialEdges: ({ firstNode, pageBits, essentialBits }) => {
      const page = new BitSet(graph.nodeCount, pageBits);
      const essential = new BitSet(graph.edgeCount, essentialBits);
      addEssentialEdges(graph, page, ephemerons, firstNode, graph.nodeCount, essential);
    },
    fillRetainers: ({ essentialBits, essentialRetainerBits, ...columns }) =>
      fillRetainers(graph, new BitSet(graph.edgeCount, essentialBits), {
        ...columns,
        essential: new BitSet(graph.edgeCount, essentialRetainerBits),
      }),
    computeDistances: () => computeDistances(graph, ephemerons, scratch),
    computeShallowSizes: (detachednessOf) => computeShallowSizes(graph, detachednessOf, scratch),
    buildClassTable: (detachednessOf) => buildClassTable(graph, detachednessOf, scratch),
  };
}

function readFromTheEnd({ descriptor, sections, nodes, edges, columns }: ReadRequest): ReadResult {
  const { format } = sections;
  const file = SnapshotFile.shared(descriptor);
  const strings = readStrings(file, sections);
  const ephemerons = findEphemeronNames(strings);
  const locations = readLocations(file, sections);
  const nodeWriter = new NodeWriter(format, columns);
  const edgeWriter = new EdgeWriter(format, columns);
  return {
    strings: strings.parts,
    ephemerons: ephemerons.parts,
    locations: locations.parts,
    nodes: new RecordReader(file, nodes, nodeWriter).readBackward(),
    edges: new RecordReader(file, edges, edgeWriter).readBackward(),
    greatestName: Math.max(nodeWriter.greatestName, edgeWriter.greatestName),
  };
}

/** The graph of columns that threads share. */
export function graphOf({ columns, strings, locations, ...types }: OpenRequest): HeapGraph {
  return new HeapGraph({
    ...columns,
    nodeTypes: types.nodeTypes,
    edgeTypes: types.edgeTypes,
    extraNativeBytes: types.extraNativeBytes,
    strings: new StringTable(strings),
    locations: new LocationTable(locations),
  });
}
