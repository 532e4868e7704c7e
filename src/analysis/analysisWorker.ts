import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { serve } from '../base/rpc';
import type { AnalysisContract } from './contract';
import { SnapshotSession } from './snapshotSession';
import { portToOwner } from './workerPort';

// The bundles lie side by side.
const snapshots = new SnapshotSession(path.join(__dirname, 'loaderWorker.js'));
const server = serve<AnalysisContract>(portToOwner(parentPort!), {
  digest: (request, { signal }) => snapshots.digest(request, signal),
  analyze: (request, { signal }) =>
    snapshots.analyze(request, (progress) => server.emit('progress', progress), signal),
  summarize: (request, { signal }) =>
    snapshots.summarize(request, (progress) => server.emit('progress', progress), signal),
  retainers: (request) => snapshots.retainers(request),
  children: (request) => snapshots.children(request),
  instances: (request) => snapshots.instances(request),
});
