import type { ClassTable } from '../heap/classTable';
import type { EphemeronParts } from '../heap/ephemeronNames';
import type { LocationParts } from '../heap/locationTable';
import type { StringParts } from '../heap/stringTable';
import type { WholeNumbers } from '../heap/column';
import type { GraphColumns } from './graphColumns';
import type { MeetingPoint, RecordSection } from './recordSection';
import type { SnapshotSections } from './sectionFinder';

/**
 * What a second thread does while a snapshot is loaded. Arrays that cross are shared, not copied.
 */
export interface LoaderContract {
  methods: {
    /** Reads strings and locations, then nodes and edges from their end until both threads meet. */
    read(request: ReadRequest): ReadResult;
    /** Takes the graph that is read; the methods below work on it. */
    open(graph: OpenRequest): void;
    /** See `countRetainers`. */
    countRetainers(): Uint32Array;
    /** See `addEssentialEdges`; from `firstNode` on. */
    addEssentialEdges(request: EssentialRequest): void;
    /** See `fillRetainers`. */
    fillRetainers(request: FillRequest): void;
    computeDistances(): Int32Array;
    computeShallowSizes(detachednessOf: Uint8Array): WholeNumbers;
    /** The last one: its result takes the place of what the others work in. */
    buildClassTable(detachednessOf: Uint8Array): ClassTable;
  };
  events: object;
}

export interface ReadRequest {
  readonly descriptor: number;
  readonly sections: SnapshotSections;
  readonly nodes: RecordSection;
  readonly edges: RecordSection;
  readonly columns: GraphColumns;
}

export interface ReadResult {
  readonly strings: StringParts;
  readonly ephemerons: EphemeronParts;
  readonly locations: LocationParts;
  readonly nodes: MeetingPoint;
  readonly edges: MeetingPoint;
  readonly greatestName: number;
}

export interface OpenRequest {
  readonly nodeTypes: readonly string[];
  readonly edgeTypes: readonly string[];
  readonly extraNativeBytes: number;
  readonly columns: GraphColumns;
  readonly strings: StringParts;
  readonly locations: LocationParts;
  readonly ephemerons: EphemeronParts;
}

interface EssentialRequest {
  readonly firstNode: number;
  readonly pageBits: Uint32Array;
  readonly essentialBits: Uint32Array;
}

interface FillRequest {
  readonly essentialBits: Uint32Array;
  readonly firstRetainerOf: Uint32Array;
  readonly retainingNodeOf: Uint32Array;
  readonly essentialRetainerBits: Uint32Array;
}
