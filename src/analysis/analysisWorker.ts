import path from 'node:path';
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import type { Progress } from '../base/progress';
import { serve } from '../base/rpc';
import type { AnalysisContract, SnapshotSummary } from './contract';
import { redactSnapshotFile } from './redactSnapshotFile';
import { SnapshotSession } from './snapshotSession';
import { portToOwner } from './workerPort';

// The bundles lie side by side.
const snapshots = new SnapshotSession(path.join(__dirname, 'loaderWorker.js'));
/** Who only wants the summary ends this thread before. */
const IDLE_MS = 500;
/** Aborted when another analysis begins. */
let preparation = new AbortController();

const server = serve<AnalysisContract>(portToOwner(parentPort!), {
  digest: (request, { signal }) => snapshots.digest(request, signal),
  analyze: (request, { signal }) => {
    preparation.abort();
    return snapshots.analyze(request, report, signal);
  },
  summarize: async (request, { signal }) => {
    preparation.abort();
    const summary = await snapshots.summarize(request, report, signal);
    preparation = new AbortController();
    void prepareQueries(summary, preparation.signal);
    return summary;
  },
  open: (request, { signal }) => {
    preparation.abort();
    return snapshots.openAgain(request, signal);
  },
  redact: (request, { signal }) => redactSnapshotFile(request, report, signal),
  retainers: (request) => snapshots.retainers(request),
  children: (request) => snapshots.children(request),
  instances: (request) => snapshots.instances(request),
});

function report(progress: Progress): void {
  server.emit('progress', progress);
}

/**
 * Asks for the largest instance of each class, so that what takes a while to make is there when a
 * person asks. Others get their answers in between.
 */
async function prepareQueries(summary: SnapshotSummary, signal: AbortSignal): Promise<void> {
  await delay(IDLE_MS);
  for (const { name } of summary.classes) {
    if (signal.aborted) return;
    snapshots.instances({ className: name, offset: 0, count: 1 });
    await setImmediate();
  }
}
