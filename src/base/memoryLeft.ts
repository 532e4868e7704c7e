/** How much memory a process may still take. */
export interface MemoryLeft {
  readonly bytes: number;
  /** What sets the limit: the container or service it runs in, or the machine. */
  readonly of: 'container' | 'machine';
}
