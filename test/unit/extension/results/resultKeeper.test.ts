import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CurrentResult } from '../../../../src/extension/results/currentResult';
import { FindingLines } from '../../../../src/extension/results/findingLines';
import { ResultKeeper } from '../../../../src/extension/results/resultKeeper';
import { ResultStore } from '../../../../src/extension/results/resultStore';
import type { InvestigationResult } from '../../../../src/investigation/investigation';
import { fakeInvestigation, nothingIgnored, openResult } from './openResult';

/** One session of the editor: what the keeper of a window works with. */
class Session {
  readonly known = { onDidChange: nothingIgnored.onDidChange, entryOf: () => this.ignored };
  readonly results = new CurrentResult(this.known);
  readonly lines = new FindingLines(this.results);
  readonly warnings: string[] = [];
  readonly reopened: InvestigationResult[] = [];
  closed = 0;
  private readonly keeper: ResultKeeper;

  /** @param ignored What is known of every finding. */
  constructor(
    folder: string,
    private readonly ignored?: string,
  ) {
    const investigate = () =>
      Promise.resolve(
        fakeInvestigation({
          reopen: (result) => this.reopened.push(result),
          dispose: () => this.closed++,
        }),
      );
    const { results, lines } = this;
    const warn = (message: string) => this.warnings.push(message);
    const store = new ResultStore(folder);
    this.keeper = new ResultKeeper({ store, results, lines, investigate, warn });
  }

  restore(): Promise<void> {
    return this.keeper.restore();
  }

  find(): void {
    this.results.set(openResult(), fakeInvestigation(), '/shop');
  }

  /** VS Code disposes what was made first before what was made last. */
  end(): void {
    this.results.dispose();
    this.lines.dispose();
    this.keeper.dispose();
  }
}

describe('ResultKeeper', () => {
  const file = '/shop/src/cart/cartHistory.ts';
  let parent: string;
  let folder: string;

  beforeEach(() => {
    parent = mkdtempSync(path.join(tmpdir(), 'leakline-result-'));
    folder = path.join(parent, 'storage');
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  const stored = () => path.join(folder, 'result.json');

  async function nextSession(): Promise<Session> {
    const session = new Session(folder);
    await session.restore();
    return session;
  }

  it('shows in the next session what one has found, with an investigation that answers', async () => {
    const first = new Session(folder);
    first.find();
    const found = first.results.value!;
    first.end();
    const { results, reopened, warnings } = await nextSession();
    const { report, analysis, snapshots, files, root, foundAt } = results.value!;
    assert.deepEqual(
      [report, analysis, files, root],
      [found.report, found.analysis, found.files, '/shop'],
    );
    assert.equal(foundAt, found.foundAt);
    assert.equal(reopened.length, 1);
    assert.deepEqual(reopened[0].snapshots, snapshots);
    assert.deepEqual(warnings, []);
  });

  it('keeps what is ignored, should it be ignored no more', async () => {
    const first = new Session(folder, 'known');
    first.find();
    assert.deepEqual(first.results.value?.report.findings, []);
    first.end();
    const { report } = (await nextSession()).results.value!;
    assert.deepEqual([report.verdict, report.findings.length], ['leak', 2]);
  });

  it('has nothing to show, and makes no folder, where nothing was found', async () => {
    const { results, warnings, reopened } = await nextSession();
    assert.equal(results.value, undefined);
    assert.deepEqual([warnings, reopened, readdirSync(parent)], [[], [], []]);
  });

  it('keeps lines where edits moved them, also those of the last second', async () => {
    const first = new Session(folder);
    first.find();
    const start = { line: 0, character: 0 };
    first.lines.edit(file, [{ range: { start, end: start }, text: '\n\n' }], () => 'edited');
    first.end();
    const { lines } = await nextSession();
    assert.equal(lines.all[0].place.line, 43);
  });

  it('forgets what was cleared or dismissed', async () => {
    const first = new Session(folder);
    first.find();
    first.results.dismiss(1);
    first.end();
    const second = await nextSession();
    assert.deepEqual(
      second.results.value?.report.findings.map(({ rank }) => rank),
      [2],
    );
    second.results.clear();
    second.end();
    assert.equal((await nextSession()).results.value, undefined);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('keeps the newer result of a run that was faster', async () => {
    const first = new Session(folder);
    first.find();
    first.end();
    const second = new Session(folder);
    const restoring = second.restore();
    second.find();
    const { id } = second.results.value!;
    await restoring;
    assert.equal(second.results.value?.id, id);
    assert.deepEqual([second.reopened, second.closed], [[], 1]);
  });

  it('writes for its owner only, and leaves nothing half-written', () => {
    const session = new Session(folder);
    session.find();
    assert.deepEqual(readdirSync(folder), ['result.json']);
    if (process.platform !== 'win32') assert.equal(statSync(stored()).mode & 0o777, 0o600);
    session.end();
  });

  const result = JSON.stringify({ root: '/', foundAt: 1, report: {}, analysis: {} });
  for (const [what, text] of [
    ['is cut off', '{"version":1,"resul'],
    ['is of another version', `{"version":99,"result":${result}}`],
    ['has not what it needs', `{"version":1,"result":${result}}`],
    ['is something else', '[1]'],
  ]) {
    it(`ignores what ${what}, and says so in the log`, async () => {
      new ResultStore(folder).save(openResult() as never);
      writeFileSync(stored(), text);
      const { results, warnings } = await nextSession();
      assert.equal(results.value, undefined);
      assert.equal(warnings.length, 1);
      assert.match(warnings[0], /^The findings of the last session are not shown: /);
    });
  }

  it('closes what it opened of a result with findings that are none', async () => {
    const first = new Session(folder);
    const report = { ...openResult().report, findings: [{ rank: 1 }] };
    new ResultStore(folder).save({ ...openResult(), moved: [], report } as never);
    first.end();
    const session = await nextSession();
    assert.equal(session.results.value, undefined);
    assert.deepEqual([session.closed, session.warnings.length], [1, 1]);
  });

  it('warns where nothing can be written', () => {
    writeFileSync(folder, 'a file where the folder should be');
    const session = new Session(folder);
    session.find();
    assert.match(session.warnings[0], /^The findings cannot be kept/);
    session.end();
  });
});
