import type { AllocationTraces } from './allocationTraces';
import type { WholeNumbers } from './column';
import type { CodeLocation, LocationTable } from './locationTable';
import type { StringTable } from './stringTable';

/** Number of a node in file order; the root is 0. Never V8's index into its own record array. */
export type NodeOrdinal = number;

/** Number of an edge in file order; the edges of one node are consecutive. */
export type EdgeIndex = number;

/** One typed array per property, indexed by NodeOrdinal. */
export interface NodeColumns {
  /** Index into `nodeTypes`. */
  readonly nodeTypeOf: Uint8Array;
  /** Index into `strings`. */
  readonly nodeNameOf: Uint32Array;
  /** V8's object id. */
  readonly nodeIdOf: WholeNumbers;
  /** Bytes, as V8 wrote them. */
  readonly selfSizeOf: WholeNumbers;
  /** 0 unknown, 1 attached, 2 detached. */
  readonly detachednessOf: Uint8Array;
  /**
   * The edges of node n are [firstEdgeOf[n], firstEdgeOf[n + 1]); one entry more than there are
   * nodes.
   */
  readonly firstEdgeOf: Uint32Array;
}

/** One typed array per property, indexed by EdgeIndex. */
export interface EdgeColumns {
  /** Index into `edgeTypes`. */
  readonly edgeTypeOf: Uint8Array;
  /** Index into `strings`, or the index itself for element and hidden edges. */
  readonly edgeNameOrIndexOf: Uint32Array;
  /** NodeOrdinal. */
  readonly edgeTargetOf: Uint32Array;
}

export interface GraphParts extends NodeColumns, EdgeColumns {
  readonly nodeTypes: readonly string[];
  readonly edgeTypes: readonly string[];
  readonly strings: StringTable;
  readonly locations: LocationTable;
  readonly extraNativeBytes: number;
  readonly allocationTraces?: AllocationTraces;
}

/**
 * The objects of a heap and the references between them, exactly as V8 wrote them. Immutable, and
 * consistent: every string index and edge target is in range.
 */
export class HeapGraph implements GraphParts {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly nodeTypes: readonly string[];
  readonly edgeTypes: readonly string[];
  readonly strings: StringTable;
  readonly nodeTypeOf: Uint8Array;
  readonly nodeNameOf: Uint32Array;
  readonly nodeIdOf: WholeNumbers;
  readonly selfSizeOf: WholeNumbers;
  readonly detachednessOf: Uint8Array;
  readonly firstEdgeOf: Uint32Array;
  readonly edgeTypeOf: Uint8Array;
  readonly edgeNameOrIndexOf: Uint32Array;
  readonly edgeTargetOf: Uint32Array;
  readonly locations: LocationTable;
  /** Bytes outside of V8's heap that belong to no node. */
  readonly extraNativeBytes: number;
  /** Who allocated what; undefined if allocations were not recorded. */
  readonly allocationTraces?: AllocationTraces;
  private readonly elementEdge: number;
  private readonly hiddenEdge: number;

  constructor(parts: GraphParts) {
    this.nodeCount = parts.nodeTypeOf.length;
    this.edgeCount = parts.edgeTypeOf.length;
    this.nodeTypes = parts.nodeTypes;
    this.edgeTypes = parts.edgeTypes;
    this.strings = parts.strings;
    this.nodeTypeOf = parts.nodeTypeOf;
    this.nodeNameOf = parts.nodeNameOf;
    this.nodeIdOf = parts.nodeIdOf;
    this.selfSizeOf = parts.selfSizeOf;
    this.detachednessOf = parts.detachednessOf;
    this.firstEdgeOf = parts.firstEdgeOf;
    this.edgeTypeOf = parts.edgeTypeOf;
    this.edgeNameOrIndexOf = parts.edgeNameOrIndexOf;
    this.edgeTargetOf = parts.edgeTargetOf;
    this.locations = parts.locations;
    this.extraNativeBytes = parts.extraNativeBytes;
    if (parts.allocationTraces) this.allocationTraces = parts.allocationTraces;
    this.elementEdge = this.edgeTypes.indexOf('element');
    this.hiddenEdge = this.edgeTypes.indexOf('hidden');
  }

  nodeName(node: NodeOrdinal): string {
    return this.strings.get(this.nodeNameOf[node]);
  }

  nodeType(node: NodeOrdinal): string {
    return this.nodeTypes[this.nodeTypeOf[node]];
  }

  edgeType(edge: EdgeIndex): string {
    return this.edgeTypes[this.edgeTypeOf[edge]];
  }

  /** True if the edge has a number (a position in an array) for a name. */
  edgeNameIsIndex(edge: EdgeIndex): boolean {
    const type = this.edgeTypeOf[edge];
    return type === this.elementEdge || type === this.hiddenEdge;
  }

  /** The name of the edge, or its index in decimal digits. */
  edgeName(edge: EdgeIndex): string {
    const nameOrIndex = this.edgeNameOrIndexOf[edge];
    return this.edgeNameIsIndex(edge) ? String(nameOrIndex) : this.strings.get(nameOrIndex);
  }

  /** Start of the closure, or of the constructor of the instance, that `node` is. */
  location(node: NodeOrdinal): CodeLocation | undefined {
    return this.locations.get(node);
  }

  /**
   * Target of the first edge of `node` that has a string for a name and is named `name`; -1 if
   * there is none.
   *
   * @param name a name known beforehand (see StringTable.indexOf)
   * @param type accepts only edges of this type
   */
  findEdge(node: NodeOrdinal, name: string, type?: string): NodeOrdinal {
    const nameIndex = this.strings.indexOf(name);
    if (nameIndex < 0) return -1;
    const wantedType = type === undefined ? -1 : this.edgeTypes.indexOf(type);
    for (let edge = this.firstEdgeOf[node]; edge < this.firstEdgeOf[node + 1]; edge++) {
      if (this.edgeNameOrIndexOf[edge] !== nameIndex || this.edgeNameIsIndex(edge)) continue;
      if (type === undefined || this.edgeTypeOf[edge] === wantedType)
        return this.edgeTargetOf[edge];
    }
    return -1;
  }
}
