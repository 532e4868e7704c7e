import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { formatBytes, formatCount } from '../base/bytes';
import { onThemeChange, themeColour } from './themeColours';

/** One line of the chart: bytes, one entry a snapshot, baseline first; undefined where not known. */
export interface GrowthSeries {
  readonly name: string;
  readonly bytes: readonly (number | undefined)[];
  /** Objects that these bytes belong to, if they are counted; only the table has them. */
  readonly counts?: readonly number[];
}

/** By the order of the series. Each theme has its own of these. */
const COLOURS = ['--vscode-charts-blue', '--vscode-charts-purple', '--vscode-charts-green'];
/** Lines differ by more than their colour. */
const DASHES = [[], [6, 4], [2, 3]];
/** In em. */
const HEIGHT = 12;

interface GrowthChartProps {
  readonly title: string;
  readonly series: readonly GrowthSeries[];
}

/** How memory grew from snapshot to snapshot: a chart, and the same as a table for who cannot see it. */
export function GrowthChart({ title, series }: GrowthChartProps) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => drawChart(container.current!, series), [series]);
  const snapshots = series[0]?.bytes.length ?? 0;
  return (
    <figure class="growth">
      <figcaption>{title}</figcaption>
      <div ref={container} class="chart" role="img" aria-label={`${title}: ${inWords(series)}`} />
      <details>
        <summary>{l10n.t('As a table')}</summary>
        <table aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{l10n.t('Snapshot')}</th>
              {series.map(({ name }) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: snapshots }, (_, index) => (
              <tr key={index}>
                <th scope="row">{snapshotName(index)}</th>
                {series.map(({ name, bytes, counts }) => (
                  <td key={name}>
                    {bytesText(bytes[index])}
                    {counts && ` ${inObjects(counts[index])}`}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** `JavaScript heap 10 MB → 20 MB; …` */
function inWords(series: readonly GrowthSeries[]): string {
  return series
    .map(({ name, bytes }) => `${name} ${bytesText(bytes[0])} → ${bytesText(bytes.at(-1))}`)
    .join('; ');
}

function bytesText(bytes: number | null | undefined): string {
  return typeof bytes === 'number' ? formatBytes(bytes) : l10n.t('unknown');
}

function inObjects(count: number): string {
  return count === 1 ? l10n.t('in 1 object') : l10n.t('in {0} objects', formatCount(count));
}

function snapshotName(index: number): string {
  return index === 0 ? l10n.t('Baseline') : l10n.t('Round {0}', index);
}

/** Keeps a chart in `container`, as wide as that and in the colours of the theme. Returns its end. */
function drawChart(container: HTMLElement, series: readonly GrowthSeries[]): () => void {
  let chart: uPlot | undefined;
  const draw = () => {
    chart?.destroy();
    chart = new uPlot(chartOptions(container, series), chartData(series), container);
  };
  const theme = onThemeChange(draw);
  const size = new ResizeObserver(() => {
    // It also tells of the height, which the chart itself gives.
    if (chart?.width !== container.clientWidth) draw();
  });
  size.observe(container);
  return () => {
    theme.dispose();
    size.disconnect();
    chart?.destroy();
  };
}

function chartData(series: readonly GrowthSeries[]): uPlot.AlignedData {
  const snapshots = series[0]?.bytes.map((_, index) => index) ?? [];
  return [snapshots, ...series.map(({ bytes }) => bytes.map((value) => value ?? null))];
}

function chartOptions(container: HTMLElement, series: readonly GrowthSeries[]): uPlot.Options {
  const { fontSize, fontFamily } = getComputedStyle(container);
  const em = parseFloat(fontSize);
  const foreground = themeColour('--vscode-foreground');
  const grid = { stroke: themeColour('--vscode-editorIndentGuide-background1'), width: 1 };
  const axis = { stroke: foreground, font: `${fontSize} ${fontFamily}`, grid, ticks: grid };
  return {
    width: container.clientWidth,
    height: HEIGHT * em,
    // The name of the last round is centred on the right edge.
    padding: [null, 3 * em, null, null],
    cursor: { show: false },
    legend: { live: false },
    scales: { x: { time: false }, y: { range: (_, __, max) => [0, max * 1.05 || 1] } },
    axes: [
      {
        ...axis,
        size: 2.4 * em,
        incrs: [1, 2, 5, 10, 20, 50, 100],
        values: (_, splits) => splits.map(snapshotName),
      },
      { ...axis, size: 6 * em, values: (_, splits) => splits.map(bytesText) },
    ],
    series: [
      {},
      ...series.map(({ name }, index) => ({
        label: name,
        stroke: themeColour(COLOURS[index]) || foreground,
        dash: DASHES[index],
        width: 2,
        points: { size: em / 2 },
      })),
    ],
  };
}
