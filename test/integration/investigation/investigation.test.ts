import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LeaklineError } from '../../../src/base/errors';
import { InspectorSession } from '../../../src/inspector/inspectorSession';
import { createInvestigation } from '../../../src/investigation/createInvestigation';
import type {
  ExerciseStep,
  Investigation,
  InvestigationHost,
  InvestigationResult,
} from '../../../src/investigation/investigation';
import { SnapshotStore } from '../../../src/investigation/snapshotStore';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { projectRoot } from '../../support/projectRoot';
import { Program, programPath } from '../inspector/program';

const plan = { warmup: 1, rounds: 2, extraRounds: 0, settleSeconds: 0 };
const root = path.dirname(programPath('tickets'));
const workerPath = path.join(projectRoot, 'dist', 'analysisWorker.js');

describe('Investigation', () => {
  let folder: string;
  let program: Program;
  let session: InspectorSession;
  let investigation: Investigation;
  let store: SnapshotStore;
  const never = new AbortController().signal;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leakline-investigation-'));
    program = await Program.inspected('tickets');
    session = await InspectorSession.connect(program.url);
  });
  after(async () => {
    await session.close();
    await program.end();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    store = new SnapshotStore(await mkdtemp(path.join(folder, 'store-')));
    investigation = createInvestigation({ root, workerPath, store });
  });
  afterEach(() => investigation.dispose());

  /** A host whose program exercises itself; `onStep` may do more. */
  function host(onStep: (step: ExerciseStep) => void = () => {}): InvestigationHost {
    return {
      onProgress: () => {},
      async exercise(step, signal) {
        onStep(step);
        await delay(300, undefined, { signal });
      },
    };
  }

  function steps({ kind, index, of }: ExerciseStep): string {
    return `${kind} ${index}/${of}`;
  }

  describe('of a program that leaks', () => {
    let result: InvestigationResult;
    const seen: string[] = [];

    beforeEach(async () => {
      seen.length = 0;
      const leaking = host((step) => seen.push(steps(step)));
      result = await investigation.findLeaks(session, plan, leaking, never);
    });

    it('exercises it by the plan, keeps its snapshots, and answers questions', async () => {
      assert.deepEqual(seen, ['warmup 1/1', 'round 1/2', 'round 2/2']);
      const stored = (await store.list()).map((entry) => entry.path);
      assert.deepEqual([...result.snapshots].sort(), stored.sort());
      assert.equal(stored.length, 3);

      const [finding] = result.report.findings;
      assert.equal(finding.className, 'Ticket');
      assert.match(finding.sites[0].text, /tickets\.push\(new Ticket/);
      assert.equal(finding.sites[0].file, 'tickets.cjs');

      const [suspect] = result.analysis.suspects;
      const leaked = suspect.path.at(-1)!;
      const { rows } = await investigation.retainers({ node: leaked.node, offset: 0, count: 10 });
      assert.equal(rows[0].node, suspect.path.at(-2)!.node);
      const place = await investigation.locate(leaked.code!);
      assert.equal(place?.file, programPath('tickets'));
      const lines = (await readFile(place.file, 'utf8')).split('\n');
      assert.match(lines[place.line - 1], /constructor\(number\)/);
    });

    it('answers again for a result that was stored, from its last snapshot', async () => {
      const stored = JSON.parse(JSON.stringify(result)) as InvestigationResult;
      const later = createInvestigation({ root, workerPath, store });
      try {
        later.reopen(stored);
        const leaked = stored.analysis.suspects[0].path.at(-1)!;
        const ask = (by: Investigation) =>
          by.retainers({ node: leaked.node, offset: 0, count: 10 });
        // Both at once: the snapshot is loaded for the first.
        const pages = await Promise.all([ask(later), ask(later)]);
        const expected = await ask(investigation);
        assert.deepEqual(pages, [expected, expected]);
        assert.deepEqual(
          await later.locate(leaked.code!),
          await investigation.locate(leaked.code!),
        );
      } finally {
        later.dispose();
      }
    });

    it('says so where that snapshot is gone, or another one by now', async () => {
      const request = { node: 1, offset: 0, count: 1 };
      const later = createInvestigation({ root, workerPath, store });
      try {
        const gone = path.join(store.folder, 'gone.heapsnapshot');
        later.reopen({ ...result, snapshots: [gone] });
        await assert.rejects(later.retainers(request), (error: LeaklineError) => {
          assert.equal(error.code, 'storage');
          assert.match(error.message, /gone\.heapsnapshot/);
          assert.match(error.hint!, /Find leaks again/);
          return true;
        });
        later.reopen({ ...result, snapshots: result.snapshots.slice(0, 1) });
        await assert.rejects(later.retainers(request), { code: 'incomparableSnapshots' });
        later.reopen(result);
        assert.equal((await later.retainers(request)).rows.length, 1);
      } finally {
        later.dispose();
      }
    });

    it('comes to the same from its snapshots alone', async () => {
      const paths = [...result.snapshots];
      const again = await investigation.compare({ paths }, () => {}, never);
      const sites = ({ findings }: LeakReport) => findings.map((finding) => finding.sites);
      assert.deepEqual(sites(again.report), sites(result.report));
      assert.deepEqual(again.report.heapBytes, result.report.heapBytes);
      assert.deepEqual(again.snapshots, result.snapshots);
      assert.equal((await store.list()).length, 3, 'comparing removes nothing');
    });
  });

  describe('of a program whose rounds are all alike', () => {
    const uncertain = { ...plan, rounds: 1, extraRounds: 4 };
    let seller: Program;
    let attached: InspectorSession;

    before(async () => {
      seller = await Program.inspected('sellsOnDemand');
      attached = await InspectorSession.connect(seller.url);
    });
    after(async () => {
      await attached.close();
      await seller.end();
    });

    /** Every exercise leaves the same behind, however busy the machine is. */
    const selling = (onStep: (step: ExerciseStep) => void = () => {}): InvestigationHost => ({
      onProgress: () => {},
      exercise(step) {
        onStep(step);
        return seller.answers('sell', /sold/);
      },
    });

    it('adds rounds while it is in doubt, and says so', async () => {
      const seen: string[] = [];
      const telling = selling((step) => seen.push(steps(step)));
      const { report, snapshots } = await investigation.findLeaks(
        attached,
        uncertain,
        telling,
        never,
      );
      // One round never tells a leak from a warm-up, two do.
      assert.deepEqual(seen, ['warmup 1/1', 'round 1/1', 'extra 1/4']);
      assert.equal(report.verdict, 'leak');
      assert.equal(report.rounds, 2);
      assert.equal(snapshots.length, 3);
      assert.deepEqual(report.notices, [
        'After 1 round it was in doubt what leaks, so 1 more followed.',
      ]);
    });

    it('gives the result that there is when an extra round is not wanted', async () => {
      const stages: string[] = [];
      const impatient: InvestigationHost = {
        ...selling(),
        exercise: (step, signal) =>
          step.kind === 'extra' ? Promise.resolve('enough') : selling().exercise(step, signal),
        onStage: ({ kind }) => stages.push(kind),
      };
      const result = await investigation.findLeaks(attached, uncertain, impatient, never);
      assert.deepEqual(stages, ['warmup', 'baseline', 'round', 'compare', 'extra']);
      assert.equal(result.report.rounds, 1);
      assert.deepEqual(
        result.report.notices.filter((notice) => notice.includes('more')),
        [],
      );
      // What was found can still be looked into.
      const { node } = result.analysis.suspects[0].path.at(-1)!;
      const { rows } = await investigation.retainers({ node, offset: 0, count: 1 });
      assert.equal(rows.length, 1);
    });

    it('misses no allocation of a small leak where the program may be slow', async () => {
      const tracking = { ...plan, trackAllocations: true };
      const { report } = await investigation.findLeaks(attached, tracking, selling(), never);
      const { evidence, sites } = report.findings[0];
      assert.equal(sites[0].file, 'sellsOnDemand.cjs');
      const agreed = /^(Recorded|Sampled) allocations agree: .* \(sellsOnDemand\.cjs:9\)/;
      assert.ok(
        evidence.some((sentence) => agreed.test(sentence)),
        evidence.join('\n'),
      );
    });

    it('keeps to the limit of the plan', async () => {
      const limited = { ...uncertain, extraRounds: 0 };
      const { report } = await investigation.findLeaks(attached, limited, selling(), never);
      assert.equal(report.verdict, 'inconclusive');
      assert.equal(report.rounds, 1);
    });
  });

  describe('that fails', () => {
    it('by an abort in a round removes its snapshots and settles at once', async () => {
      const controller = new AbortController();
      const aborting = host(({ kind }) => {
        if (kind === 'round') controller.abort();
      });
      const run = investigation.findLeaks(session, plan, aborting, controller.signal);
      await assert.rejects(run, { name: 'LeaklineError', code: 'cancelled' });
      assert.deepEqual(await store.list(), []);
    });

    it('by an exercise hands on its error and removes its snapshots', async () => {
      const failure = new LeaklineError('driveFailed', 'No shop.');
      const failing = host(({ index }) => {
        if (index === 2) throw failure;
      });
      const run = investigation.findLeaks(session, plan, failing, never);
      await assert.rejects(run, failure);
      assert.deepEqual(await store.list(), []);
    });

    it('can be run again in the same session', async () => {
      const { report } = await investigation.findLeaks(session, plan, host(), never);
      assert.equal(report.findings[0].className, 'Ticket');
      assert.deepEqual(report.notices, []);
    });
  });

  describe('with what the process adds', () => {
    let orders: Program;
    let attached: InspectorSession;

    beforeEach(async () => {
      orders = await Program.inspected('orders');
      attached = await InspectorSession.connect(orders.url);
    });
    afterEach(async () => {
      await attached.close();
      await orders.end();
    });

    /** True unless somebody samples the program's allocations. */
    async function nobodySamples(): Promise<boolean> {
      const other = await InspectorSession.connect(orders.url);
      const sampling = await other.sampleAllocations();
      await other.close();
      return sampling !== undefined;
    }

    it('names who made what is alive, and keys, and leaves nothing running', async () => {
      const { report } = await investigation.findLeaks(attached, plan, host(), never);
      const [{ sites, evidence }] = report.findings;
      assert.match(sites[0].text, /^orders\.set\(/);
      const agreed =
        /^Sampled allocations agree: about .* in calls of `keep` \(orders\.cjs:11\), most of it by /;
      assert.ok(
        evidence.some((sentence) => agreed.test(sentence)),
        evidence.join('\n'),
      );
      assert.ok(
        evidence.includes(
          'Some of its keys: "order-0", "order-1", "order-2", "order-3", "order-4".',
        ),
      );
      assert.equal(report.memory.length, 3);
      for (const { heapBytes, residentBytes } of report.memory) {
        if (process.platform === 'linux') assert.ok(residentBytes! > heapBytes);
      }
      assert.ok(await nobodySamples());
    });

    it('names who made what is alive by the stacks that the snapshots recorded', async () => {
      const tracking = { ...plan, trackAllocations: true };
      const live = await investigation.findLeaks(attached, tracking, host(), never);
      const paths = live.snapshots;
      const saved = await investigation.compare({ paths }, () => {}, never);
      const agreed =
        /^Recorded allocations agree: \d.* in calls of `keep` \(orders\.cjs:11\), most of it by /;
      for (const { report } of [live, saved]) {
        const { evidence } = report.findings[0];
        assert.ok(
          evidence.some((sentence) => agreed.test(sentence)),
          evidence.join('\n'),
        );
      }
    });

    it('keeps keys out of the report if it is told to', async () => {
      const hiding = { ...plan, hideKeys: true };
      const { report } = await investigation.findLeaks(attached, hiding, host(), never);
      assert.ok(report.findings[0].path.some(({ edge }) => edge === 'entry …'));
      assert.doesNotMatch(JSON.stringify(report), /order-\d/);
    });

    it('leaves nothing running when it fails', async () => {
      const failing = host(({ kind }) => {
        if (kind === 'round') throw new LeaklineError('driveFailed', 'No shop.');
      });
      const run = investigation.findLeaks(attached, plan, failing, never);
      await assert.rejects(run, { code: 'driveFailed' });
      assert.ok(await nobodySamples());
    });
  });

  it('locates nothing and has no retainers before it was run', async () => {
    const position = { base: 0, line: 0, column: 0 } as const;
    assert.equal(await investigation.locate({ scriptId: 1, position }), undefined);
    const page = await investigation.retainers({ node: 0, offset: 0, count: 1 });
    assert.deepEqual(page, { total: 0, rows: [] });
  });
});
