import * as l10n from '@vscode/l10n';
import { formatBytes, formatCount } from '../../base/bytes';
import type { Finding } from '../../leaks/leakReport';
import { plainText } from '../../report/plainText';

const BLOCKS = '▁▂▃▄▅▆▇█';

/** How fast a finding takes memory: `+120 kB per round`. Its title tells of the objects. */
export function growthText({ retainedBytesPerRound: bytes }: Finding): string {
  return l10n.t('{0} per round', `${bytes < 0 ? '' : '+'}${formatBytes(bytes)}`);
}

/** The same with the objects, for a line of its own: `▲ 12.4 MB · 3,200 Session / round`. */
export function growthMark(finding: Finding): string {
  const { className, countPerRound: count, retainedBytesPerRound: bytes } = finding;
  // Small averages would be rounded away.
  const objects = count < 10 && !Number.isInteger(count) ? count.toFixed(1) : formatCount(count);
  const what = count === 0 ? '' : ` · ${objects} ${plainText(className, 60)}`;
  return l10n.t('▲ {0} / round', `${formatBytes(bytes)}${what}`);
}

/**
 * Numbers as a row of blocks, the lowest for the least, the highest for the most: `▁▃▆█`. All the
 * same are all low.
 */
export function sparkline(values: readonly number[]): string {
  const least = Math.min(...values);
  const span = Math.max(...values) - least || 1;
  const top = BLOCKS.length - 1;
  return values.map((value) => BLOCKS[Math.round(((value - least) / span) * top)]).join('');
}
