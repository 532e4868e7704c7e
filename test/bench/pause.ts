// `npm run bench:pause [-- --sizes 50,200,800]`: takes snapshots of heaps of many kinds and sizes, and
// compares what Leakline said that they would cost with what they did. Exits with 1 if one was not in
// the range that was said. Writes its section of CARE.md.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { formatBytes } from '../../src/base/bytes';
import type { Range } from '../../src/base/range';
import type { SnapshotCost } from '../../src/care/snapshotCost';
import { formatSeconds } from '../../src/care/formatSeconds';
import { InspectorSession } from '../../src/inspector/inspectorSession';
import { parseAttachAddress, resolveTarget } from '../../src/inspector/targets';
import { judgeNextSnapshot } from '../../src/investigation/snapshotGuard';
import { lineWith } from '../support/shop';
import { provideBenchNode } from './benchNode';
import { writeCareSection } from './careSection';

const KINDS = {
  objects: 'small objects',
  strings: 'strings, all different',
  references: 'arrays of references',
  numbers: 'arrays of numbers',
};

interface Measured {
  readonly heap: string;
  readonly heapUsedBytes: number;
  readonly cost: SnapshotCost;
  readonly pauseSeconds: number;
  readonly extraBytes: number | undefined;
}

/** The first snapshot of a process, judged by its heap's size, and the second, judged by the first. */
async function measure(kind: keyof typeof KINDS, megabytes: number): Promise<Measured[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leakline-bench-'));
  const program = path.join(__dirname, 'generators', 'heapOfSize.mjs');
  const flags = ['--inspect=127.0.0.1:0', '--max-old-space-size=8192'];
  const child = spawn(await provideBenchNode(), [...flags, program, kind, String(megabytes)]);
  try {
    const [[address]] = await Promise.all([
      lineWith(child, 'stderr', /ws:\S+/),
      lineWith(child, 'stdout', /^ready/),
    ]);
    const target = await resolveTarget(parseAttachAddress(address));
    const session = await InspectorSession.connect(target.webSocketUrl);
    const snapshots: Measured[] = [];
    for (const nth of [1, 2]) {
      await session.collectGarbage();
      const { cost } = await judgeNextSnapshot(session, {});
      await session.capture(path.join(folder, `${nth}.heapsnapshot`));
      const heap = `${megabytes} MB of ${KINDS[kind]}`;
      snapshots.push({ heap, cost, ...session.lastPrice! });
    }
    await session.close();
    return snapshots;
  } finally {
    child.kill();
    await once(child, 'exit');
    await rm(folder, { recursive: true });
  }
}

const isIn = ({ least, most }: Range, actual: number) => least <= actual && actual <= most;

function isAsSaid({ cost, pauseSeconds, extraBytes }: Measured): boolean {
  const fits = extraBytes === undefined || isIn(cost.extraBytes, extraBytes);
  return fits && isIn(cost.pauseSeconds, pauseSeconds);
}

function rowOf(measured: Measured): string {
  const { heap, cost, pauseSeconds, extraBytes } = measured;
  const range = ({ least, most }: Range, format: (value: number) => string) =>
    `${format(least)} to ${format(most)}`;
  const cells = [
    heap,
    cost.from === 'earlier' ? 'the one before' : 'heap size',
    range(cost.pauseSeconds, formatSeconds),
    formatSeconds(pauseSeconds),
    range(cost.extraBytes, formatBytes),
    extraBytes === undefined ? 'not known' : formatBytes(extraBytes),
    isAsSaid(measured) ? 'yes' : '**no**',
  ];
  return `| ${cells.join(' | ')} |`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { sizes: { type: 'string', default: '50,200,800' } } });
  const all: Measured[] = [];
  for (const megabytes of values.sizes.split(',').map(Number)) {
    for (const kind of Object.keys(KINDS) as (keyof typeof KINDS)[]) {
      const measured = await measure(kind, megabytes);
      for (const each of measured) console.log(rowOf(each));
      all.push(...measured);
    }
  }
  await writeCareSection(
    [
      '## What a snapshot costs: said and measured (`npm run bench:pause`)',
      '',
      'The first snapshot of each process is judged by the size of its heap alone, the second by the first.',
      '',
      '| Heap | Judged by | Pause said | Pause | Memory said | Memory | In the range |',
      '| --- | --- | --: | --: | --: | --: | :-: |',
      ...all.map(rowOf),
    ].join('\n'),
  );
  const wrong = all.filter((each) => !isAsSaid(each));
  if (wrong.length === 0) return;
  console.error(`${wrong.length} of ${all.length} were not in the range that was said.`);
  process.exitCode = 1;
}

void main();
