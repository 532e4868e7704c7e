import type { HeapGraph, NodeOrdinal } from './heapGraph';
import { SequenceTable } from './sequenceTable';

/** Plain objects by what properties they have. */
export interface ObjectInterfaces {
  /** All plain objects, ascending. */
  readonly objects: Uint32Array;
  /** Index into `names` for each of `objects`; -1 if it has no interface. */
  readonly interfaceOf: Int32Array;
  /** `{id, name}` */
  readonly names: readonly string[];
}

/** A list of properties that many plain objects begin with. */
interface Interface {
  readonly name: string;
  /** Indices into the strings of the graph. */
  readonly properties: readonly number[];
  count: number;
}

/** Longest name in characters, unless the first property alone is longer. */
const MAX_NAME = 120;
/** More properties than fit into a name: each but one takes a character and a comma and space. */
const MAX_PROPERTIES = 64;
const LEAST_COUNT = 2;
/** An interface has at least one in so many plain objects. */
const LEAST_SHARE = 1000;

/**
 * Tells plain objects apart as DevTools does (HeapSnapshot.ts inferInterfaceDefinitions and
 * applyInterfaceDefinitions): the most common lists of first properties become interfaces, and each
 * object gets the largest interface whose properties it has, in whatever order. Equal shapes are
 * looked at once.
 */
export function inferInterfaces(graph: HeapGraph): ObjectInterfaces {
  const objects = findPlainObjects(graph);
  const reader = new PropertyReader(graph);
  const shapes = new SequenceTable();
  const shapeOf = new Uint32Array(objects.length);
  for (let i = 0; i < objects.length; i++) {
    const length = reader.read(objects[i], MAX_PROPERTIES);
    shapeOf[i] = shapes.intern(reader.names, length);
  }

  const interfaces = popularInterfaces(graph, shapes, shapeOf);
  const matcher = new InterfaceMatcher(interfaces);
  const matchOfShape = Int32Array.from({ length: shapes.size }, (_, shape) =>
    matcher.match(shapes.get(shape)),
  );
  const interfaceOf = new Int32Array(objects.length);
  for (let i = 0; i < objects.length; i++) {
    const isWhole = shapes.get(shapeOf[i]).length < MAX_PROPERTIES;
    interfaceOf[i] = isWhole ? matchOfShape[shapeOf[i]] : matchLarge(objects[i], reader, matcher);
  }
  return { objects, interfaceOf, names: interfaces.map(({ name }) => name) };
}

function findPlainObjects({ nodeTypes, nodeTypeOf, nodeNameOf, strings }: HeapGraph): Uint32Array {
  const objectType = nodeTypes.indexOf('object');
  const objectName = strings.indexOf('Object');
  let found = 0;
  const objects = new Uint32Array(nodeTypeOf.length);
  for (let node = 0; node < nodeTypeOf.length; node++) {
    if (nodeTypeOf[node] === objectType && nodeNameOf[node] === objectName) objects[found++] = node;
  }
  return objects.slice(0, found);
}

/** Reads the names of an object's properties, as indices into the strings of the graph. */
class PropertyReader {
  /** What `read` has found. */
  names = new Uint32Array(MAX_PROPERTIES);
  private readonly propertyType: number;
  private readonly proto: number;

  constructor(private readonly graph: HeapGraph) {
    this.propertyType = graph.edgeTypes.indexOf('property');
    this.proto = graph.strings.indexOf('__proto__');
  }

  /** Reads the first `limit` properties but the prototype; answers with their number. */
  read(node: NodeOrdinal, limit: number): number {
    const { firstEdgeOf, edgeTypeOf, edgeNameOrIndexOf } = this.graph;
    const end = firstEdgeOf[node + 1];
    let found = 0;
    for (let edge = firstEdgeOf[node]; edge < end && found < limit; edge++) {
      const name = edgeNameOrIndexOf[edge];
      if (edgeTypeOf[edge] === this.propertyType && name !== this.proto) this.names[found++] = name;
    }
    return found;
  }

  /** Reads all properties but the prototype. */
  readAll(node: NodeOrdinal): Uint32Array {
    const { firstEdgeOf } = this.graph;
    const edges = firstEdgeOf[node + 1] - firstEdgeOf[node];
    if (edges > this.names.length) this.names = new Uint32Array(edges);
    return this.names.subarray(0, this.read(node, edges));
  }
}

function matchLarge(node: NodeOrdinal, reader: PropertyReader, matcher: InterfaceMatcher): number {
  return matcher.match(reader.readAll(node));
}

/** The interfaces worth a class of their own, the most popular first. */
function popularInterfaces(
  graph: HeapGraph,
  shapes: SequenceTable,
  shapeOf: Uint32Array,
): Interface[] {
  const countOf = new Uint32Array(shapes.size);
  for (const shape of shapeOf) countOf[shape]++;
  const candidates = new Map<string, Interface>();
  for (let shape = 0; shape < shapes.size; shape++) {
    const { name, properties } = describeShape(graph, shapes.get(shape));
    if (properties.length === 0) continue;
    const candidate = candidates.get(name);
    if (candidate) candidate.count += countOf[shape];
    else candidates.set(name, { name, properties, count: countOf[shape] });
  }
  const leastCount = Math.max(LEAST_COUNT, shapeOf.length / LEAST_SHARE);
  return [...candidates.values()]
    .filter(({ count }) => count >= leastCount)
    .sort((a, b) => b.count - a.count);
}

/** As many of the first properties as fit into a name. */
function describeShape(graph: HeapGraph, shape: Uint32Array): Omit<Interface, 'count'> {
  let name = '{';
  const properties: number[] = [];
  for (const property of shape) {
    const text = propertyText(graph.strings.get(property));
    if (name.length > 1 && name.length + text.length > MAX_NAME) break;
    name += name.length > 1 ? `, ${text}` : text;
    properties.push(property);
  }
  return { name: `${name}}`, properties };
}

/** Quoted where it could be taken for more than one property. */
function propertyText(name: string): string {
  return /[,'"{}]/.test(name) ? JSON.stringify(name) : name;
}

/** Finds the interface with the most properties, all of which an object has. */
class InterfaceMatcher {
  /** Indices of the interfaces: the most properties first, then the most popular. */
  private readonly order: readonly number[];
  /** Properties that any interface has. */
  private readonly known: ReadonlySet<number>;
  private readonly found = new Map<string, number>();

  constructor(private readonly interfaces: readonly Interface[]) {
    this.known = new Set(interfaces.flatMap(({ properties }) => properties));
    this.order = interfaces
      .map((_, index) => index)
      .sort((a, b) => interfaces[b].properties.length - interfaces[a].properties.length || a - b);
  }

  /** Index of the interface; -1 if there is none. */
  match(properties: Uint32Array): number {
    const known = properties.filter((property) => this.known.has(property)).sort();
    const key = known.join();
    let match = this.found.get(key);
    if (match === undefined) {
      match = this.search(new Set(known));
      this.found.set(key, match);
    }
    return match;
  }

  private search(properties: ReadonlySet<number>): number {
    const fits = (index: number) =>
      this.interfaces[index].properties.every((property) => properties.has(property));
    return this.order.find(fits) ?? -1;
  }
}
