import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LeaklineError } from '../../../src/base/errors';
import { InspectorSession } from '../../../src/inspector/inspectorSession';
import { retryConnect } from '../../../src/inspector/retryConnect';
import { parseAttachAddress, resolveTarget } from '../../../src/inspector/targets';
import { createInvestigation } from '../../../src/investigation/createInvestigation';
import type {
  ExerciseStep,
  Investigation,
  InvestigationHost,
} from '../../../src/investigation/investigation';
import { SnapshotStore } from '../../../src/investigation/snapshotStore';
import { CuttableProxy } from '../../support/cuttableProxy';
import { projectRoot } from '../../support/projectRoot';
import { Program, programPath } from '../inspector/program';

const workerPath = path.join(projectRoot, 'dist', 'analysisWorker.js');
const root = path.dirname(programPath('sellsOnDemand'));
const plan = { warmup: 1, rounds: 3, extraRounds: 0, settleSeconds: 0 };

describe('An investigation that loses its connection', () => {
  let folder: string;
  let program: Program;
  let proxy: CuttableProxy;
  let session: InspectorSession;
  let investigation: Investigation;
  let store: SnapshotStore;
  let seen: string[];
  let kept: string[];
  const never = new AbortController().signal;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leakline-lost-'));
    program = await Program.inspected('sellsOnDemand');
    proxy = await CuttableProxy.start(program.port);
    session = await connect();
    store = new SnapshotStore(folder);
    investigation = createInvestigation({ root, workerPath, store });
    seen = [];
    kept = [];
  });
  afterEach(async () => {
    investigation.dispose();
    await session.close();
    await proxy.stop();
    await program.end();
    await rm(folder, { recursive: true });
  });

  async function connect(): Promise<InspectorSession> {
    const { webSocketUrl } = await resolveTarget(parseAttachAddress(String(proxy.port)));
    session = await InspectorSession.connect(webSocketUrl);
    return session;
  }

  /** A host whose every exercise leaves the same behind; `onStep` comes after it, and may do more. */
  function host(
    onStep: (step: string) => void | Promise<void>,
    more: Partial<InvestigationHost> = {},
  ): InvestigationHost {
    return {
      onProgress: () => {},
      onKept: (paths) => kept.push(...paths),
      async exercise({ kind, index }: ExerciseStep) {
        await program.answers('sell', /sold/);
        seen.push(`${kind} ${index}`);
        await onStep(seen.at(-1)!);
      },
      ...more,
    };
  }

  /** Does something once, the first time that a step has been done. */
  function once(step: string, act: () => void | Promise<void>) {
    let done = false;
    return (now: string) => {
      if (now !== step || done) return;
      done = true;
      return act();
    };
  }

  const reconnect = (signal: AbortSignal) => retryConnect(connect, signal);

  it('keeps what was captured, and says where, and how to go on from it', async () => {
    const cutting = host(once('round 2', () => proxy.cut()));
    const run = investigation.findLeaks(session, plan, cutting, never);
    const error = await run.catch((reason: LeaklineError) => reason);
    assert.ok('code' in error);
    assert.equal(error.code, 'connectionLost');
    assert.match(error.message, /2 snapshots .* kept in/);
    assert.ok(error.message.includes(folder));
    const stored = (await store.list()).map((entry) => entry.path);
    assert.equal(stored.length, 2);
    assert.deepEqual(kept, stored);
    for (const file of stored) {
      assert.ok(error.hint!.includes(`"${file}"`), error.hint);
      assert.equal((await stat(file)).mode & 0o777, 0o600);
    }
    // They can be compared, as it says.
    const { report } = await investigation.compare({ paths: stored }, () => {}, never);
    assert.equal(report.findings[0].sites[0].file, 'sellsOnDemand.cjs');
  });

  it('ends an exercise that would go on for ever', async () => {
    const waiting = host(() => {}, {
      exercise: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
          proxy.cut();
        }),
    });
    const run = investigation.findLeaks(session, plan, waiting, never);
    await assert.rejects(run, { code: 'connectionLost' });
  });

  it('takes a new baseline over a new connection to the same process', async () => {
    const notices: string[] = [];
    const cutting = host(
      once('round 1', () => proxy.cut()),
      { reconnect, onNotice: (notice) => notices.push(notice) },
    );
    const { report, snapshots } = await investigation.findLeaks(session, plan, cutting, never);
    // No second warm-up: the process is warm.
    assert.deepEqual(seen, ['warmup 1', 'round 1', 'round 1', 'round 2', 'round 3']);
    assert.equal(report.verdict, 'leak');
    assert.equal(report.rounds, 3);
    assert.match(report.notices[0], /connection to the target was lost and made anew/);
    assert.deepEqual(notices, [report.notices[0]]);
    assert.equal(kept.length, 1);
    assert.ok(!snapshots.includes(kept[0]), 'the old baseline is not compared with the new one');
    assert.ok(report.notices[0].includes(folder));
  });

  it('connects once more when the new connection is lost before anything was captured', async () => {
    let connections = 0;
    const flapping = async (signal: AbortSignal) => {
      const next = await reconnect(signal);
      if (connections++ === 0) proxy.cut();
      return next;
    };
    const cutting = host(
      once('round 1', () => proxy.cut()),
      { reconnect: flapping },
    );
    const { report } = await investigation.findLeaks(session, plan, cutting, never);
    assert.equal(connections, 2);
    assert.equal(report.verdict, 'leak');
    assert.equal(report.notices.length, 1, 'nothing was lost with the second connection');
    assert.equal(kept.length, 1);
  });

  it('notices a restarted process at the same address, and begins anew', async () => {
    const { port, pid } = program;
    const restart = async () => {
      await program.end();
      program = await Program.start('sellsOnDemand', [`--inspect=127.0.0.1:${port}`]);
    };
    const restarting = host(once('round 2', restart), { reconnect });
    const { report, snapshots } = await investigation.findLeaks(session, plan, restarting, never);
    assert.deepEqual(seen.slice(3), ['warmup 1', 'round 1', 'round 2', 'round 3']);
    const [notice] = report.notices;
    assert.match(notice, /target was restarted/);
    assert.ok(notice.includes(`process ${pid}`) && notice.includes(`process ${program.pid}`));
    assert.equal(kept.length, 2);
    assert.equal(snapshots.length, 4);
    assert.ok(kept.every((file) => !snapshots.includes(file)));
    assert.equal(report.verdict, 'leak');
  });

  it('gives the result that there is when an extra round loses it', async () => {
    const uncertain = { ...plan, rounds: 1, extraRounds: 2 };
    const cutting = host(once('extra 1', () => proxy.cut()));
    const { report } = await investigation.findLeaks(session, uncertain, cutting, never);
    assert.equal(report.rounds, 1);
    assert.match(report.notices.join('\n'), /lost in an extra round/);
  });

  it('does not go on when it is cancelled while the target is away', async () => {
    const cancel = new AbortController();
    const cancelling = host(
      once('round 1', () => proxy.cut()),
      {
        reconnect: (signal) => {
          cancel.abort();
          return retryConnect(connect, signal);
        },
      },
    );
    const run = investigation.findLeaks(session, plan, cancelling, cancel.signal);
    await assert.rejects(run, { code: 'cancelled' });
  });

  it('gives a target up that does not come back', async () => {
    const cutting = host(
      once('round 1', () => program.end()),
      { reconnect: (signal) => retryConnect(connect, signal, 0) },
    );
    const run = investigation.findLeaks(session, plan, cutting, never);
    await assert.rejects(run, { code: 'connectionLost', message: /1 snapshot .* kept/ });
  });
});
