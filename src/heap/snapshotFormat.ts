import { notASnapshot } from './snapshotErrors';

/** Where each property stands in a record of the "nodes" array. */
interface NodeRecord {
  readonly fieldCount: number;
  readonly type: number;
  readonly name: number;
  readonly id: number;
  readonly selfSize: number;
  readonly edgeCount: number;
  /** -1 if this V8 does not write it. */
  readonly detachedness: number;
}

/** Where each property stands in a record of the "edges" array. */
interface EdgeRecord {
  readonly fieldCount: number;
  readonly type: number;
  readonly nameOrIndex: number;
  readonly toNode: number;
}

/** Where each property stands in a record of the "locations" array. */
export interface LocationRecord {
  readonly fieldCount: number;
  readonly objectIndex: number;
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

/** How large a heap is. */
export interface HeapCounts {
  readonly nodeCount: number;
  readonly edgeCount: number;
}

/** What is needed to read who allocated what. */
export interface TraceFormat {
  /** Where the property stands in a record of the "nodes" array. */
  readonly nodeField: number;
  readonly functionCount: number;
  /** Where each property stands in a record of the "trace_function_infos" array. */
  readonly functionInfo: {
    readonly fieldCount: number;
    readonly name: number;
    readonly scriptName: number;
    readonly scriptId: number;
    readonly line: number;
    readonly column: number;
  };
  /** Where each property stands in a record of the "trace_tree". */
  readonly treeNode: {
    readonly fieldCount: number;
    readonly id: number;
    readonly functionInfo: number;
    readonly count: number;
    readonly size: number;
    readonly children: number;
  };
}

/**
 * What the "snapshot" section says of the sections that follow it. V8 versions differ in the fields
 * they write, in their order and in the types, so everything is looked up by name.
 */
export interface SnapshotFormat extends HeapCounts {
  readonly nodeTypes: readonly string[];
  readonly edgeTypes: readonly string[];
  readonly node: NodeRecord;
  readonly edge: EdgeRecord;
  /** Absent if this V8 writes no locations. */
  readonly location: LocationRecord | undefined;
  /** Absent if allocations were not recorded, as in nearly all snapshots. */
  readonly traces: TraceFormat | undefined;
  readonly extraNativeBytes: number;
}

const MOST_RECORDS = 0xfffffffe;
/** Types are kept in a byte each. */
const MOST_TYPES = 256;

/**
 * Reads the value of the "snapshot" section.
 *
 * @param byteOffset where the section ends, for messages
 * @throws LeaklineError `notASnapshot` if a field that the graph needs is missing or absurd
 */
export function readSnapshotFormat(json: string, byteOffset: number): SnapshotFormat {
  return new HeaderReader(byteOffset).read(json);
}

type JsonObject = Readonly<Record<string, unknown>>;

class HeaderReader {
  constructor(private readonly byteOffset: number) {}

  read(json: string): SnapshotFormat {
    const header = this.object(this.parse(json), 'the "snapshot" section');
    const meta = this.object(header.meta, '"meta"');
    const nodeFields = this.strings(meta.node_fields, '"node_fields"');
    const edgeFields = this.strings(meta.edge_fields, '"edge_fields"');
    const node = this.nodeRecord(nodeFields);
    const edge = this.edgeRecord(edgeFields);
    return {
      nodeCount: this.count(header.node_count, '"node_count"', 1),
      edgeCount: this.count(header.edge_count, '"edge_count"', 0),
      nodeTypes: this.types(meta.node_types, node.type, '"node_types"'),
      edgeTypes: this.types(meta.edge_types, edge.type, '"edge_types"'),
      node,
      edge,
      location:
        meta.location_fields === undefined
          ? undefined
          : this.locationRecord(this.strings(meta.location_fields, '"location_fields"')),
      traces: this.traceFormat(header.trace_function_count, meta, nodeFields),
      extraNativeBytes: bytesOrZero(header.extra_native_bytes),
    };
  }

  private traceFormat(
    functionCount: unknown,
    meta: JsonObject,
    nodeFields: readonly string[],
  ): TraceFormat | undefined {
    const nodeField = nodeFields.indexOf('trace_node_id');
    if (!functionCount || nodeField < 0) return undefined;
    const functionFields = this.strings(
      meta.trace_function_info_fields,
      '"trace_function_info_fields"',
    );
    const treeFields = this.strings(meta.trace_node_fields, '"trace_node_fields"');
    const inFunction = (name: string) => this.field(functionFields, name, 'trace function');
    const inTree = (name: string) => this.field(treeFields, name, 'trace');
    return {
      nodeField,
      functionCount: this.count(functionCount, '"trace_function_count"', 1),
      functionInfo: {
        fieldCount: functionFields.length,
        name: inFunction('name'),
        scriptName: inFunction('script_name'),
        scriptId: inFunction('script_id'),
        line: inFunction('line'),
        column: inFunction('column'),
      },
      treeNode: {
        fieldCount: treeFields.length,
        id: inTree('id'),
        functionInfo: inTree('function_info_index'),
        count: inTree('count'),
        size: inTree('size'),
        children: inTree('children'),
      },
    };
  }

  private nodeRecord(fields: readonly string[]): NodeRecord {
    return {
      fieldCount: fields.length,
      type: this.field(fields, 'type', 'node'),
      name: this.field(fields, 'name', 'node'),
      id: this.field(fields, 'id', 'node'),
      selfSize: this.field(fields, 'self_size', 'node'),
      edgeCount: this.field(fields, 'edge_count', 'node'),
      detachedness: fields.indexOf('detachedness'),
    };
  }

  private edgeRecord(fields: readonly string[]): EdgeRecord {
    return {
      fieldCount: fields.length,
      type: this.field(fields, 'type', 'edge'),
      nameOrIndex: this.field(fields, 'name_or_index', 'edge'),
      toNode: this.field(fields, 'to_node', 'edge'),
    };
  }

  private locationRecord(fields: readonly string[]): LocationRecord {
    return {
      fieldCount: fields.length,
      objectIndex: this.field(fields, 'object_index', 'location'),
      scriptId: this.field(fields, 'script_id', 'location'),
      line: this.field(fields, 'line', 'location'),
      column: this.field(fields, 'column', 'location'),
    };
  }

  private parse(json: string): unknown {
    try {
      return JSON.parse(json);
    } catch {
      throw this.invalid('its "snapshot" section is not JSON');
    }
  }

  private object(value: unknown, what: string): JsonObject {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as JsonObject;
    }
    throw this.invalid(`${what} is not an object`);
  }

  private strings(value: unknown, what: string): readonly string[] {
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    throw this.invalid(`${what} is not a list of names`);
  }

  private field(fields: readonly string[], name: string, record: string): number {
    const index = fields.indexOf(name);
    if (index < 0) throw this.invalid(`its ${record} records have no "${name}" field`);
    return index;
  }

  /**
   * The type names are an array in the place of the type field; the other places name primitives.
   */
  private types(value: unknown, typeField: number, what: string): readonly string[] {
    const types: unknown = Array.isArray(value) ? value[typeField] : undefined;
    const names = this.strings(types, what);
    if (names.length > MOST_TYPES) throw this.invalid(`${what} has ${names.length} entries`);
    return names;
  }

  private count(value: unknown, what: string, smallest: number): number {
    const valid = typeof value === 'number' && Number.isInteger(value);
    if (valid && value >= smallest && value <= MOST_RECORDS) return value;
    throw this.invalid(`${what} is ${String(JSON.stringify(value))}`);
  }

  private invalid(problem: string): Error {
    return notASnapshot(problem, this.byteOffset);
  }
}

function bytesOrZero(value: unknown): number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : 0;
}
