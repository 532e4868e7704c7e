import type { HeapGraph } from '../heap/heapGraph';

/** Node types that a developer never made: V8's tables, maps, code and roots. */
const STORAGE_TYPES = new Set(['array', 'hidden', 'code', 'object shape', 'synthetic']);
const TEXT_TYPES = new Set(['string', 'concatenated string', 'sliced string']);
const VALUE_TYPES = new Set([...TEXT_TYPES, 'number', 'bigint', 'symbol', 'regexp']);

const BINARY = /^(Shared)?ArrayBuffer$|^Buffer$|^(Big)?(Int|Uint|Float)\d+(Clamped)?Array$/;
/** V8 may add the URL or the name of the realm. */
const GLOBAL = /^global( \/ .*)?$/;

/** Sorts nodes into what developers count: objects, plain values, and V8's own storage. */
export class NodeKinds {
  private readonly storage: boolean[];
  private readonly value: boolean[];

  constructor(private readonly graph: HeapGraph) {
    this.storage = graph.nodeTypes.map((type) => STORAGE_TYPES.has(type));
    this.value = graph.nodeTypes.map((type) => VALUE_TYPES.has(type));
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
    if (this.isText(node)) return true;
    return this.graph.nodeType(node) === 'object' && BINARY.test(this.graph.nodeName(node));
  }

  isText(node: number): boolean {
    return TEXT_TYPES.has(this.graph.nodeType(node));
  }

  /** Functions, and the suspended calls of async functions and generators. */
  isCallable(node: number): boolean {
    return this.graph.nodeType(node) === 'closure' || this.graph.nodeName(node) === 'Generator';
  }

  /** `globalThis`, whose properties are variables. */
  isGlobal(node: number): boolean {
    return this.graph.nodeType(node) === 'object' && GLOBAL.test(this.graph.nodeName(node));
  }

  isContext(node: number): boolean {
    return this.graph.nodeName(node) === 'system / Context';
  }
}
