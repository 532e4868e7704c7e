import { formatBytes } from '../base/bytes';
import type { Finding } from '../leaks/leakReport';

/** How fast a finding takes memory: `+120 kB per round`. Its title tells of the objects. */
export function growthText({ retainedBytesPerRound: bytes }: Finding): string {
  return `${bytes < 0 ? '' : '+'}${formatBytes(bytes)} per round`;
}
