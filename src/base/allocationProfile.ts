import type { Position0 } from './position';

/** Where objects that are alive were allocated, as V8 recorded or sampled it. */
export interface AllocationProfile {
  /** Whether V8 picked some allocations to be told of, or recorded each of them. */
  readonly kind: 'sampled' | 'recorded';
  readonly stacks: readonly AllocationStack[];
}

export interface AllocationStack {
  /** Bytes, estimated if they are sampled, that were allocated here and are alive. */
  readonly bytes: number;
  /** Innermost first. Code without a script (V8's builtins) is left out. */
  readonly frames: readonly AllocationFrame[];
}

/** A function on a stack: V8 does not say at which of its lines the call or the allocation is. */
export interface AllocationFrame {
  /** As V8 infers it, such as `track` or `Store.add`; empty for an anonymous one. */
  readonly functionName: string;
  readonly scriptId: number;
  /** `file:///…`, a path, `node:…`; empty for unnamed code. */
  readonly url: string;
  /** Start of the function. */
  readonly position: Position0;
}
