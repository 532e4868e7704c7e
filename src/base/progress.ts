/** A step of long work. `fraction` (0..1) is absent while the total is unknown. */
export interface Progress {
  readonly message: string;
  readonly fraction?: number;
}

/** Receives progress; called often, so it must be cheap. */
export type ProgressListener = (progress: Progress) => void;
