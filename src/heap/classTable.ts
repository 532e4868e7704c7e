import { className, isClassedByName } from './className';
import { DETACHED, isDetached } from './detachedness';
import type { HeapGraph } from './heapGraph';
import { inferInterfaces } from './objectInterfaces';
import { SequenceTable } from './sequenceTable';

/** Index into the names of a ClassTable. */
type ClassNumber = number;

/** The class of each node as a small number. */
export interface ClassTable {
  /** By ClassNumber. Classes that were defined at different places may have the same name. */
  readonly names: readonly string[];
  /** ClassNumber by NodeOrdinal. */
  readonly classOf: Uint32Array;
}

/**
 * Sorts nodes into the classes of DevTools' summary view (HeapSnapshot.ts calculateObjectNames and
 * classKeyInternal): those of HeapSnapshot.className, but plain objects by their interface, and
 * instances of classes of the same name by where V8 says that their constructor is.
 *
 * @param detachednessOf see computeDetachedness
 * @param classOf an array for the result, one entry or more for each node
 */
export function buildClassTable(
  graph: HeapGraph,
  detachednessOf: Uint8Array,
  classOf: Uint32Array = new Uint32Array(graph.nodeCount),
): ClassTable {
  const table = new ClassTableBuilder(graph, detachednessOf, classOf.subarray(0, graph.nodeCount));
  table.classByName();
  table.classPlainObjects();
  table.splitByConstructor();
  return { names: table.names, classOf: table.classOf };
}

class ClassTableBuilder implements ClassTable {
  readonly names: string[] = [];

  constructor(
    private readonly graph: HeapGraph,
    private readonly detachednessOf: Uint8Array,
    readonly classOf: Uint32Array,
  ) {}

  /** Looks at the text of each node name once; of detached elements each time, as they are few. */
  classByName(): void {
    const { nodeCount, nodeTypes, nodeTypeOf, nodeNameOf, strings } = this.graph;
    const { detachednessOf } = this;
    const numbers = new Map<string, ClassNumber>();
    // Nodes of the same type and name are of the same class, and of most types all nodes are.
    const memo = nodeTypes.map((type) =>
      new Int32Array(isClassedByName(type) ? strings.length : 1).fill(-1),
    );
    const nameMask = nodeTypes.map((type) => (isClassedByName(type) ? -1 : 0));
    for (let node = 0; node < nodeCount; node++) {
      if (detachednessOf[node] === DETACHED) {
        this.classOf[node] = this.numberByName(node, numbers);
        continue;
      }
      const type = nodeTypeOf[node];
      const numberOf = memo[type];
      const at = nodeNameOf[node] & nameMask[type];
      if (numberOf[at] < 0) numberOf[at] = this.numberByName(node, numbers);
      this.classOf[node] = numberOf[at];
    }
  }

  classPlainObjects(): void {
    const { objects, interfaceOf, names } = inferInterfaces(this.graph);
    const first = this.names.length;
    this.names.push(...names);
    for (let i = 0; i < objects.length; i++) {
      if (interfaceOf[i] >= 0) this.classOf[objects[i]] = first + interfaceOf[i];
    }
  }

  /** Closures have locations too, but hardly any two of them the same. */
  splitByConstructor(): void {
    const { graph } = this;
    const { nodeOf, scriptIdOf, lineOf, columnOf } = graph.locations;
    const objectType = graph.nodeTypes.indexOf('object');
    const first = this.names.length;
    const places = new SequenceTable();
    const place = new Uint32Array(4);
    for (let row = 0; row < nodeOf.length; row++) {
      const node = nodeOf[row];
      if (graph.nodeTypeOf[node] !== objectType) continue;
      place[0] = scriptIdOf[row];
      place[1] = lineOf[row];
      place[2] = columnOf[row];
      place[3] = this.classOf[node];
      const number = first + places.intern(place, place.length);
      if (number === this.names.length) this.names.push(this.names[this.classOf[node]]);
      this.classOf[node] = number;
    }
  }

  private numberByName(node: number, numbers: Map<string, ClassNumber>): ClassNumber {
    const { graph } = this;
    const name = className(graph, node, isDetached(graph, node, this.detachednessOf));
    // A class that a program calls `Function` is another one than that of all closures.
    const isOwnName = isClassedByName(graph.nodeType(node)) && !/^(Detached )?</.test(name);
    const key = isOwnName ? `named ${name}` : name;
    let number = numbers.get(key);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      numbers.set(key, number);
    }
    return number;
  }
}
