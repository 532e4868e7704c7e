import type { Progress } from '../base/progress';
import { timeLeftText } from '../base/timeLeft';

/**
 * Progress for people: `Taking snapshot 2 of 4 (45%, about 20 s left)`.
 * @param millisecondsLeft Undefined while nobody can tell.
 */
export function progressText({ message, fraction }: Progress, millisecondsLeft?: number): string {
  const details = [
    ...(fraction === undefined ? [] : [`${Math.floor(fraction * 100)}%`]),
    ...(millisecondsLeft === undefined ? [] : [timeLeftText(millisecondsLeft)]),
  ];
  return details.length === 0 ? message : `${message} (${details.join(', ')})`;
}
