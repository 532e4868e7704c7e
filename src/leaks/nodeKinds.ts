import type { HeapGraph } from '../heap/heapGraph';

/** Node types that a developer never made: V8's tables, maps, code and roots. */
const STORAGE_TYPES = new Set(['array', 'hidden', 'code', 'object shape', 'synthetic']);
const TEXT_TYPES = new Set(['string', 'concatenated string', 'sliced string']);
const VALUE_TYPES = new Set([...TEXT_TYPES, 'number', 'bigint', 'symbol', 'regexp']);

const BINARY = /^(Shared)?ArrayBuffer$|^Buffer$|^(Big)?(Int|Uint|Float)\d+(Clamped)?Array$/;
/** V8 may add the URL or the name of the realm. */
const GLOBAL = /^global( \/ .*)?$/;

const UNKNOWN = 0;
const NO = 1;
const YES = 2;

/**
 * Sorts nodes into what developers count: objects, plain values, and V8's own storage. Asked of
 * every node and edge, it looks at each type and each name once.
 */
export class NodeKinds {
  private readonly storage: boolean[];
  private readonly value: boolean[];
  private readonly text: boolean[];
  private readonly member: boolean[];
  /** By string index, whether a node of this name is binary data. */
  private readonly binaryNames: Uint8Array;
  private readonly objectType: number;
  private readonly closureType: number;
  private readonly generatorName: number;
  private readonly contextName: number;

  constructor(private readonly graph: HeapGraph) {
    this.storage = graph.nodeTypes.map((type) => STORAGE_TYPES.has(type));
    this.value = graph.nodeTypes.map((type) => VALUE_TYPES.has(type));
    this.text = graph.nodeTypes.map((type) => TEXT_TYPES.has(type));
    this.member = graph.edgeTypes.map((type) => type === 'context' || type === 'property');
    this.binaryNames = new Uint8Array(graph.strings.length);
    this.objectType = graph.nodeTypes.indexOf('object');
    this.closureType = graph.nodeTypes.indexOf('closure');
    this.generatorName = graph.strings.indexOf('Generator');
    this.contextName = graph.strings.indexOf('system / Context');
  }

  isStorage(node: number): boolean {
    return this.storage[this.graph.nodeTypeOf[node]];
  }

  /** Strings, numbers and their like: they pile up with what they belong to. */
  isValue(node: number): boolean {
    return this.value[this.graph.nodeTypeOf[node]];
  }

  /** Strings and binary data: bytes that hold no further objects. */
  isFlat(node: number): boolean {
    return this.isText(node) || (this.isObject(node) && this.hasBinaryName(node));
  }

  isText(node: number): boolean {
    return this.text[this.graph.nodeTypeOf[node]];
  }

  /** True for an edge to what is in a field or a variable. */
  isMember(edge: number): boolean {
    return this.member[this.graph.edgeTypeOf[edge]];
  }

  /** Functions, and the suspended calls of async functions and generators. */
  isCallable(node: number): boolean {
    const { nodeTypeOf, nodeNameOf } = this.graph;
    return nodeTypeOf[node] === this.closureType || nodeNameOf[node] === this.generatorName;
  }

  /** `globalThis`, whose properties are variables. */
  isGlobal(node: number): boolean {
    return this.isObject(node) && GLOBAL.test(this.graph.nodeName(node));
  }

  isContext(node: number): boolean {
    return this.graph.nodeNameOf[node] === this.contextName;
  }

  private isObject(node: number): boolean {
    return this.graph.nodeTypeOf[node] === this.objectType;
  }

  private hasBinaryName(node: number): boolean {
    const name = this.graph.nodeNameOf[node];
    if (this.binaryNames[name] === UNKNOWN) {
      this.binaryNames[name] = BINARY.test(this.graph.nodeName(node)) ? YES : NO;
    }
    return this.binaryNames[name] === YES;
  }
}
