/** What a process says of its memory without being held up. All in bytes. */
export interface MemoryCounters {
  /** Objects in V8's heap, garbage that was not collected yet included. */
  readonly heapUsedBytes: number;
  /** What V8 has reserved for its heap. */
  readonly heapTotalBytes: number;
  /** ArrayBuffers and what else lies outside of V8's heap on its behalf; Node.js 24 and later tell. */
  readonly externalBytes?: number;
  /** Physical memory of the whole process; known for a process of this machine. */
  readonly residentBytes?: number;
}
