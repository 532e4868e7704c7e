import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { Progress } from '../base/progress';
import { serve } from '../base/rpc';
import type { AnalysisContract } from './contract';
import { SnapshotSession } from './snapshotSession';
import { portToOwner } from './workerPort';

// The bundles lie side by side.
const snapshots = new SnapshotSession(path.join(__dirname, 'loaderWorker.js'));
/** Who only wants the summary ends this thread before. */
const IDLE_MS = 500;
let idle: NodeJS.Timeout | undefined;

const server = serve<AnalysisContract>(portToOwner(parentPort!), {
  digest: (request, { signal }) => snapshots.digest(request, signal),
  analyze: (request, { signal }) => {
    clearTimeout(idle);
    return snapshots.analyze(request, report, signal);
  },
  summarize: async (request, { signal }) => {
    clearTimeout(idle);
    const summary = await snapshots.summarize(request, report, signal);
    idle = setTimeout(prepareQueries, IDLE_MS);
    return summary;
  },
  retainers: (request) => snapshots.retainers(request),
  children: (request) => snapshots.children(request),
  instances: (request) => snapshots.instances(request),
});

function report(progress: Progress): void {
  server.emit('progress', progress);
}

/** Asks for nothing, so that what takes a while to make is there when a person asks. */
function prepareQueries(): void {
  snapshots.instances({ className: '', offset: 0, count: 0 });
}
