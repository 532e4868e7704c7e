import type { Progress } from '../base/progress';

/** Progress for people: `Taking snapshot 2 of 4 (45%)`. */
export function progressText({ message, fraction }: Progress): string {
  return fraction === undefined ? message : `${message} (${Math.floor(fraction * 100)}%)`;
}
