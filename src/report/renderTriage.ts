import { formatBytes } from '../base/bytes';
import type { PartTrend, TriageReport } from '../care/triage';
import { PART_NAMES } from '../care/triageWords';
import { alignRight } from './alignRight';

/** Which memory grows, for a person at a terminal. */
export function renderTriageText(report: TriageReport): string {
  const { headline, advice, parts, missing, readings, seconds } = report;
  const lines = [
    `Leakline: ${headline}`,
    '',
    ...alignRight([['First', 'Last', 'A minute', 'Memory'], ...parts.map((part) => rowOf(part))]),
    '',
    `${readings} readings in ${Math.round(seconds)} s${report.collected ? ', each after garbage was collected' : ''}.`,
    ...missing.map((what) => `Not read: ${what}`),
    '',
    `Next: ${advice}`,
  ];
  return `${lines.join('\n')}\n`;
}

function rowOf({ part, firstBytes, lastBytes, perMinute, trend }: PartTrend): string[] {
  const speed = trend === 'steady' ? 'steady' : `+${formatBytes(perMinute)}`;
  return [formatBytes(firstBytes), formatBytes(lastBytes), speed, PART_NAMES[part]];
}
