import { AllocationTraces } from './allocationTraces';
import { CLOSE_BRACE, COLON, COMMA, OPEN_BRACE, QUOTE, describeByte, isWhitespace } from './ascii';
import { ByteInput, type ValueScanner } from './byteInput';
import { EdgeReader } from './edgeReader';
import { HeapGraph } from './heapGraph';
import { decodeAscii } from './jsonString';
import { LocationReader } from './locationReader';
import { LocationTable } from './locationTable';
import { NodeReader } from './nodeReader';
import { NumberScanner } from './numberScanner';
import { notASnapshot, truncatedSnapshot } from './snapshotErrors';
import { readSnapshotFormat, type HeapCounts, type SnapshotFormat } from './snapshotFormat';
import { StringScanner } from './stringScanner';
import type { StringTable } from './stringTable';
import { TraceFunctionReader } from './traceFunctionReader';
import { TraceTreeScanner } from './traceTreeScanner';
import { ValueSkipper } from './valueSkipper';

/** Real headers and section names are far smaller; what is larger is some other file. */
const MOST_HEADER_BYTES = 1 << 20;
const MOST_KEY_BYTES = 256;
const FIRST_STRING_BYTES = 1 << 16;
const FIRST_LOCATIONS = 1 << 12;

type Expecting = 'object' | 'firstKey' | 'key' | 'keyBytes' | 'colon' | 'value' | 'comma' | 'end';

/**
 * The state machine over a snapshot's top-level object: it knows where each section begins and
 * gives its bytes to the section's scanner. Sections other than the ones it needs are passed over.
 */
export class SnapshotReader {
  private readonly input = new ByteInput();
  private expecting: Expecting = 'object';
  private key = '';
  private format: SnapshotFormat | undefined;
  private nodes: NodeReader | undefined;
  private edges: EdgeReader | undefined;
  private locations: LocationReader | undefined;
  private strings: StringScanner | undefined;
  private traceFunctions: TraceFunctionReader | undefined;
  private traceTree: TraceTreeScanner | undefined;
  private scanner: ValueScanner | undefined;
  /** The "snapshot" section as far as it is read. */
  private header = '';

  private stringsFrom = 0;

  /** @param onCounts, onStrings see ParseOptions */
  constructor(
    private readonly byteLength: number | undefined,
    private readonly onCounts?: (counts: HeapCounts) => void,
    private readonly onStrings?: (from: number, to: number) => void,
  ) {}

  /** Reads the next bytes of the file, which may be cut anywhere. */
  push(chunk: Uint8Array): void {
    const { input } = this;
    input.advance(chunk);
    while (!input.exhausted) {
      if (this.scanner) this.scanValue(this.scanner);
      else this.structureByte(input.bytes[input.position]);
    }
  }

  /** Call after the last chunk. */
  finish(): HeapGraph {
    const { offset } = this.input;
    if (this.expecting !== 'end') throw truncatedSnapshot(this.place(), offset);
    const format = this.format;
    if (!format) throw notASnapshot('it has no "snapshot" section', offset);
    const required = <T>(reader: T | undefined, section: string): T => {
      if (!reader) throw notASnapshot(`it has no "${section}" section`, offset);
      return reader;
    };
    const strings = required(this.strings, 'strings').finish();
    const { traceIdOf, ...nodes } = required(this.nodes, 'nodes').finish(offset);
    const graph = new HeapGraph({
      ...nodes,
      ...required(this.edges, 'edges').finish(offset),
      nodeTypes: format.nodeTypes,
      edgeTypes: format.edgeTypes,
      strings,
      locations: this.locations?.finish() ?? LocationTable.EMPTY,
      extraNativeBytes: format.extraNativeBytes,
      ...(format.traces && {
        allocationTraces: new AllocationTraces(
          traceIdOf,
          required(this.traceTree, 'trace_tree').finish(offset),
          required(this.traceFunctions, 'trace_function_infos').finish(offset, strings),
          strings,
        ),
      }),
    });
    requireStrings(graph, strings, offset);
    return graph;
  }

  private structureByte(byte: number): void {
    const { input } = this;
    if (this.expecting === 'keyBytes') return this.keyByte(byte);
    if (isWhitespace(byte)) input.position++;
    else if (this.expecting === 'value') this.scanner = this.scannerFor(this.key);
    else {
      this.expecting = this.stateAfter(byte);
      input.position++;
    }
  }

  private stateAfter(byte: number): Expecting {
    const { expecting } = this;
    if (expecting === 'object' && byte === OPEN_BRACE) return 'firstKey';
    if ((expecting === 'firstKey' || expecting === 'key') && byte === QUOTE) {
      this.key = '';
      return 'keyBytes';
    }
    if ((expecting === 'firstKey' || expecting === 'comma') && byte === CLOSE_BRACE) return 'end';
    if (expecting === 'comma' && byte === COMMA) return 'key';
    if (expecting === 'colon' && byte === COLON) return 'value';
    throw notASnapshot(`unexpected ${describeByte(byte)} ${this.place()}`, this.input.offset);
  }

  /** Section names are plain ASCII; a name with an escape in it is none that matters. */
  private keyByte(byte: number): void {
    if (byte === QUOTE) this.expecting = 'colon';
    else if (this.key.length === MOST_KEY_BYTES) {
      throw notASnapshot('a section name does not end', this.input.offset);
    } else this.key += String.fromCharCode(byte);
    this.input.position++;
  }

  private scanValue(scanner: ValueScanner): void {
    const { input } = this;
    const start = input.position;
    scanner.scan(input);
    const isHeader = this.key === 'snapshot';
    if (isHeader) this.keepHeader(input, start);
    if (!scanner.done) return;
    if (isHeader) {
      this.format = readSnapshotFormat(this.header, input.offset);
      this.onCounts?.(this.format);
    }
    if (this.scanner === this.strings) this.onStrings?.(this.stringsFrom, input.offset);
    this.scanner = undefined;
    this.expecting = 'comma';
  }

  private keepHeader(input: ByteInput, start: number): void {
    this.header += decodeAscii(input.bytes, start, input.position);
    if (this.header.length > MOST_HEADER_BYTES) {
      throw notASnapshot('its "snapshot" section is too large', input.offset);
    }
  }

  private scannerFor(section: string): ValueScanner {
    switch (section) {
      case 'snapshot':
        this.requireFirst(this.format, section);
        return new ValueSkipper();
      case 'nodes':
        this.requireFirst(this.nodes, section);
        this.nodes = new NodeReader(this.requireFormat(section), this.byteLength);
        return new NumberScanner(section, this.nodes);
      case 'edges':
        this.requireFirst(this.edges, section);
        this.edges = new EdgeReader(this.requireFormat(section), this.byteLength);
        return new NumberScanner(section, this.edges);
      case 'locations':
        return this.locationScanner(section);
      case 'strings':
        this.requireFirst(this.strings, section);
        this.requireFormat(section);
        this.stringsFrom = this.input.offset;
        this.strings = new StringScanner(this.expectedStringBytes());
        return this.strings;
      case 'trace_function_infos':
      case 'trace_tree':
        return this.traceScanner(section);
      default:
        return new ValueSkipper();
    }
  }

  private locationScanner(section: string): ValueScanner {
    this.requireFirst(this.locations, section);
    const format = this.requireFormat(section);
    if (!format.location) return new ValueSkipper();
    this.locations = new LocationReader(format, format.location, FIRST_LOCATIONS);
    return new NumberScanner(section, this.locations);
  }

  private traceScanner(section: 'trace_function_infos' | 'trace_tree'): ValueScanner {
    const traces = this.format?.traces;
    if (!traces) return new ValueSkipper();
    if (section === 'trace_tree') {
      this.requireFirst(this.traceTree, section);
      return (this.traceTree = new TraceTreeScanner(traces));
    }
    this.requireFirst(this.traceFunctions, section);
    this.traceFunctions = new TraceFunctionReader(traces);
    return new NumberScanner(section, this.traceFunctions);
  }

  /** V8 writes the strings last, so that about all that remains of the file is strings. */
  private expectedStringBytes(): number {
    if (this.byteLength === undefined) return FIRST_STRING_BYTES;
    return Math.max(this.byteLength - this.input.offset, 0);
  }

  private requireFirst(earlier: unknown, section: string): void {
    if (earlier === undefined) return;
    throw notASnapshot(`it has a second "${section}" section`, this.input.offset);
  }

  private requireFormat(section: string): SnapshotFormat {
    if (this.format) return this.format;
    throw notASnapshot(`"${section}" comes before the "snapshot" section`, this.input.offset);
  }

  /** Where the reader is, for messages. */
  private place(): string {
    if (this.expecting === 'object') return 'before the opening brace';
    if (this.scanner) return `in the middle of the "${this.key}" section`;
    if (this.expecting === 'end') return 'after the closing brace';
    return 'between two sections';
  }
}

/**
 * @throws LeaklineError `notASnapshot` if a node or an edge is named by a string that is not there.
 */
function requireStrings(graph: HeapGraph, strings: StringTable, byteOffset: number): void {
  const { nodeNameOf, edgeNameOrIndexOf } = graph;
  for (let node = 0; node < graph.nodeCount; node++) {
    if (nodeNameOf[node] >= strings.length) {
      throw notASnapshot(`node ${node} is named by missing string ${nodeNameOf[node]}`, byteOffset);
    }
  }
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const name = edgeNameOrIndexOf[edge];
    if (name >= strings.length && !graph.edgeNameIsIndex(edge)) {
      throw notASnapshot(`edge ${edge} is named by missing string ${name}`, byteOffset);
    }
  }
}
