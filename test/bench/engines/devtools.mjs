// node devtools.mjs FILE: Chrome DevTools' heap snapshot worker, on two threads as in the browser.
// Loads FILE, computes everything that DevTools computes on opening it, and its class table.
import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread, MessageChannel, Worker, workerData } from 'node:worker_threads';

const bundle = path.join(process.env.LEAKLINE_BENCH_ENGINES, 'devtools.mjs');
const { HeapSnapshot, HeapSnapshotLoader } = await import(pathToFileURL(bundle));

/** Bytes handed over at a time, as DevTools' front end does when it reads a file. */
const CHUNK_BYTES = 10_000_000;

async function load(file) {
  const loader = new HeapSnapshotLoader.HeapSnapshotLoader({ sendEvent() {} });
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  const decoder = new TextDecoder();
  const fd = openSync(file, 'r');
  for (let read; (read = readSync(fd, buffer, 0, CHUNK_BYTES, null)) > 0;) {
    loader.write(decoder.decode(buffer.subarray(0, read), { stream: true }));
    await new Promise((resolve) => setImmediate(resolve)); // the loader parses in between
  }
  closeSync(fd);
  loader.close();
  await loader.parsingComplete;

  const channel = new MessageChannel();
  new Worker(new URL(import.meta.url), {
    workerData: channel.port2,
    transferList: [channel.port2],
    resourceLimits: { maxOldGenerationSizeMb: 20_000 },
  });
  return loader.buildSnapshot(channel.port1);
}

if (isMainThread) {
  console.warn = () => {};
  const snapshot = await load(process.argv[2]);
  const classes = Object.values(snapshot.aggregatesWithFilter({}));
  console.log(
    JSON.stringify({
      nodeCount: snapshot.nodeCount,
      classes: classes.map(({ name, count, self, maxRet }) => [name, count, self, maxRet]),
    }),
  );
  process.exit(0);
} else {
  new HeapSnapshot.SecondaryInitManager(workerData);
}
