import { formatBytes } from '../base/bytes';
import type { GrowingSite, SampleReport } from '../care/sampleReport';
import { plainText } from './plainText';
import { placeText } from './wording';

const MAX_CODE = 90;
/** What a reader must know before taking a line for the cause. */
const WHAT_IT_IS =
  'These are allocation sites that keep growing, not what retains their objects: leakline find tells that.';

/** Which allocation sites keep growing, for a person at a terminal. */
export function renderSampleText(report: SampleReport): string {
  const { sites, readings, seconds, liveBytes } = report;
  const count =
    sites.length === 1 ? '1 allocation site keeps' : `${sites.length} allocation sites keep`;
  const title = sites.length > 0 ? `${count} growing` : 'no allocation site keeps growing';
  const measured = `${readings} readings in ${Math.round(seconds)} s, ${formatBytes(liveBytes)} sampled alive`;
  const lines = [
    `Leakline: ${title} (${measured})`,
    '',
    ...sites.flatMap((site) => [...siteLines(site), '']),
    sites.length > 0
      ? WHAT_IT_IS
      : 'Buffers and native memory are never sampled: leakline triage tells whether they grow.',
  ];
  return `${lines.join('\n')}\n`;
}

function siteLines(growing: GrowingSite): string[] {
  const { rank, functionName, site, bytesPerMinute, perMinuteRange, liveBytes } = growing;
  const name = functionName === '' ? 'an anonymous function' : plainText(functionName);
  const { least, most } = perMinuteRange;
  const range = `${formatBytes(least)} to ${formatBytes(most)}`;
  const speed = `+${formatBytes(bytesPerMinute)} a minute (${range}), ${formatBytes(liveBytes)} alive`;
  if (!site) return [`${rank}. ${name}`, `   No source line was found.`, `   ${speed}`];
  const what = site.role === 'growth' ? 'stored in' : 'made in';
  return [
    `${rank}. ${placeText(site)} (${what} ${name})`,
    ...(site.text === '' ? [] : [`     > ${plainText(site.text, MAX_CODE)}`]),
    `   ${speed}`,
  ];
}
