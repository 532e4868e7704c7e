/** What a heap snapshot has cost the program, as seen from outside. */
export interface SnapshotPrice {
  /** From the command to its answer: about as long as the program stood still. */
  readonly pauseSeconds: number;
  /** Memory beyond what the process had before; undefined if that cannot be seen. */
  readonly extraBytes: number | undefined;
  /** Of the heap just before. */
  readonly heapUsedBytes: number;
}
