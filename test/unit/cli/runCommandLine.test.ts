import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import packageJson from '../../../package.json';
import { LeaklineError } from '../../../src/base/errors';
import type { FindOptions } from '../../../src/cli/args';
import { runCommandLine, type Commands } from '../../../src/cli/runCommandLine';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { KNOWN_FINDINGS_FILE } from '../../../src/report/knownFindings';
import { renderAnnotations } from '../../../src/report/renderAnnotations';
import { renderCodeQuality } from '../../../src/report/renderCodeQuality';
import { renderJson } from '../../../src/report/renderJson';
import { renderJunit } from '../../../src/report/renderJunit';
import { renderMarkdown } from '../../../src/report/renderMarkdown';
import { renderSarif } from '../../../src/report/renderSarif';
import { renderText } from '../../../src/report/renderText';
import { reviewFindings } from '../../../src/report/reviewedFinding';
import { renderSummaryJson, renderSummaryText } from '../../../src/report/renderSummary';
import { cleanReport, inconclusiveReport, leakReport } from '../report/sampleReports';
import { sampleSummary } from '../report/sampleSummary';

const FIND = ['find', '--pid', '1', '--values'];

function answering(report: LeakReport): Commands {
  const run = () => Promise.resolve(report);
  const unused = () => Promise.reject(new Error('not called'));
  const summary = () => Promise.resolve(sampleSummary);
  const redact = () => Promise.resolve('It is written.');
  const others = { triage: unused, sample: unused, targets: unused };
  return { find: run, diff: run, summary, redact, ...others };
}

function failing(error: unknown): Commands {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- anything is thrown
  const run = () => Promise.reject(error);
  return {
    find: run,
    diff: run,
    summary: run,
    triage: run,
    sample: run,
    targets: run,
    redact: run,
  };
}

async function run(argv: readonly string[], commands: Commands, colour = false) {
  let stdout = '';
  let stderr = '';
  const { signal } = new AbortController();
  const code = await runCommandLine(
    argv,
    {
      cwd: folder,
      stdout: { write: (text: string) => (stdout += text) },
      stderr: { write: (text: string) => (stderr += text) },
      colour,
      signal,
    },
    commands,
  );
  return { code, stdout, stderr };
}

let folder: string;

describe('runCommandLine', () => {
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leakline-cli-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('prints a report in each format to stdout only', async () => {
    const json = await run([...FIND, '--format', 'json'], answering(leakReport));
    assert.deepEqual(json, { code: 1, stdout: renderJson(leakReport), stderr: '' });
    const markdown = await run([...FIND, '--format', 'markdown'], answering(leakReport));
    assert.equal(markdown.stdout, renderMarkdown(leakReport));
    const text = await run(FIND, answering(leakReport));
    assert.equal(text.stdout, renderText(leakReport));
    const colour = await run(FIND, answering(leakReport), true);
    assert.equal(colour.stdout, renderText(leakReport, { colour: true }));
  });

  it('leaves out what may be secret, unless it is asked for', async () => {
    const { stdout } = await run(['find', '--pid', '1', '--format', 'json'], answering(leakReport));
    assert(!stdout.includes('cart-0b9c8f9e'), stdout);
    assert(renderJson(leakReport).includes('cart-0b9c8f9e'));
  });

  it('prints reports for code review, with what the project lives with', async () => {
    const [{ fingerprint }] = reviewFindings(leakReport, []);
    const known = [{ fingerprint, reason: 'A cache', title: 'the quotes' }];
    const stale = { fingerprint: '1:0', reason: 'Gone', title: 'the old one' };
    const decisions = path.join(folder, KNOWN_FINDINGS_FILE);
    const knownFindings = [...known, stale];
    await writeFile(decisions, JSON.stringify({ version: 1, knownFindings }));
    const print = (format: string, report = leakReport) =>
      run([...FIND, '--format', format], answering(report));
    try {
      const sarif = await print('sarif');
      const { version } = packageJson;
      assert.equal(sarif.stdout, renderSarif(leakReport, { version, known }));
      assert.equal(sarif.code, 1, 'the second finding is new');
      assert.match(sarif.stderr, /1 finding known.*perhaps stale in \.leakline\.json: the old one/);
      assert.equal((await print('github')).stdout, renderAnnotations(leakReport, known));
      assert.equal((await print('gitlab')).stdout, renderCodeQuality(leakReport, known));
      assert.equal((await print('junit')).stdout, renderJunit(leakReport, known));
      const onlyKnown = { ...leakReport, findings: leakReport.findings.slice(0, 1) };
      assert.equal((await print('text', onlyKnown)).code, 0);

      await writeFile(decisions, '{');
      const broken = await print('sarif');
      assert.deepEqual([broken.code, broken.stdout], [3, '']);
      assert.match(broken.stderr, /\.leakline\.json is not JSON/);
    } finally {
      await rm(decisions);
    }
  });

  it('exits with 0 when there is no leak', async () => {
    const { code, stderr } = await run(FIND, answering(cleanReport));
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  });

  it('exits with 0 and a notice when it cannot tell', async () => {
    const { code, stderr } = await run(FIND, answering(inconclusiveReport));
    assert.equal(code, 0);
    assert.match(stderr, /inconclusive/);
  });

  it('hands options and progress to the command', async () => {
    let seen: FindOptions | undefined;
    const find: Commands['find'] = (options, _signal, progress) => {
      seen = options;
      progress.show({ message: 'Snapshot 1' });
      return Promise.resolve(cleanReport);
    };
    const { stdout, stderr } = await run([...FIND, '--rounds', '7'], {
      ...answering(cleanReport),
      find,
    });
    assert.equal(seen?.plan.rounds, 7);
    assert.equal(stderr, 'Snapshot 1\n');
    assert.equal(stdout, renderText(cleanReport));
  });

  it('prints a summary as text or JSON, and exits with 0', async () => {
    const commands = answering(leakReport);
    const text = await run(['summary', 'a', '--top', '1', '--timings'], commands);
    const asked = { top: 1, timings: true };
    const expected = { code: 0, stdout: renderSummaryText(sampleSummary, asked), stderr: '' };
    assert.deepEqual(text, expected);
    const json = await run(['summary', 'a', '--format', 'json'], commands);
    assert.equal(json.stdout, renderSummaryJson(sampleSummary, { timings: false }));
    const file = await run(['summary', 'a', '--format', 'json', '--output', 'sum.json'], commands);
    assert.equal(file.stdout, '');
    assert.equal(await readFile(path.join(folder, 'sum.json'), 'utf8'), json.stdout);
  });

  describe('--output', () => {
    it('writes the report, without colour, and leaves nothing else', async () => {
      const argv = [...FIND, '--output', 'deep/er/report.txt'];
      const { code, stdout, stderr } = await run(argv, answering(leakReport), true);
      assert.equal(code, 1);
      assert.equal(stdout, '');
      assert.match(stderr, /Report written to .*report\.txt/);
      const target = path.join(folder, 'deep', 'er');
      assert.deepEqual(await readdir(target), ['report.txt']);
      assert.equal(await readFile(path.join(target, 'report.txt'), 'utf8'), renderText(leakReport));
    });

    it('says where it could not write, and leaves no half file', async () => {
      await writeFile(path.join(folder, 'file'), '');
      const { code, stderr } = await run([...FIND, '--output', 'file/x'], answering(leakReport));
      assert.equal(code, 3);
      assert.match(stderr, /Cannot write the report to .*--output/);
      const onFolder = await run([...FIND, '--output', '.'], answering(leakReport));
      assert.equal(onFolder.code, 3);
      const siblings = await readdir(path.dirname(folder));
      assert.deepEqual(
        siblings.filter((name) => name.endsWith('.partial')),
        [],
      );
    });
  });

  describe('errors', () => {
    it('for people are message and hint on stderr', async () => {
      const error = new LeaklineError('connectionRefused', 'Nobody listens.', 'Start it.');
      const result = await run(FIND, failing(error));
      assert.deepEqual(result, {
        code: 3,
        stdout: '',
        stderr: 'leakline: Nobody listens. Start it.\n',
      });
    });

    it('that are bugs show their stack', async () => {
      const { code, stderr } = await run(FIND, failing(new TypeError('x is not a function')));
      assert.equal(code, 3);
      assert.match(stderr, /TypeError: x is not a function\n {4}at /);
    });

    it('keep their line breaks and lose their escape sequences', async () => {
      const { stderr } = await run(FIND, failing(new LeaklineError('protocol', 'a\n\u001b[2Jb')));
      assert.equal(stderr, 'leakline: a\n\\u{1b}[2Jb\n');
    });

    it('of usage end in 2 before anything is run', async () => {
      const commands = failing(new Error('was run'));
      const missing = await run([...FIND, '--root', 'no-such-folder'], commands);
      assert.equal(missing.code, 2);
      assert.match(missing.stderr, /no folder .*no-such-folder.*--root/);
      const unknown = await run([...FIND, '--rouns', '2'], commands);
      assert.equal(unknown.code, 2);
      assert.match(unknown.stderr, /--rounds\?/);
    });

    it('of cancellation end in 130', async () => {
      const { code } = await run(FIND, failing(new LeaklineError('cancelled', 'Cancelled.')));
      assert.equal(code, 130);
    });
  });

  it('prints the version of the package', async () => {
    const result = await run(['--version'], failing(new Error('was run')));
    assert.deepEqual(result, { code: 0, stdout: `${packageJson.version}\n`, stderr: '' });
  });

  it('prints help that names every option', async () => {
    const commands = failing(new Error('was run'));
    const find = await run(['find', '--help'], commands);
    for (const option of [
      ...['attach', 'pid', 'drive', 'wait', 'warmup', 'rounds', 'settle', 'root', 'format'],
      ...['output', 'keep-snapshots', 'extra-rounds', 'track-allocations', 'values'],
    ]) {
      assert(find.stdout.includes(`  --${option} `), option);
    }
    const diff = await run(['diff', '--help'], commands);
    for (const option of ['root', 'format', 'output']) {
      assert(diff.stdout.includes(`  --${option} `), option);
    }
    const summary = await run(['summary', '--help'], commands);
    for (const option of ['top', 'format', 'timings', 'output']) {
      assert(summary.stdout.includes(`  --${option} `), option);
    }
    const general = await run(['--help'], commands);
    assert.match(general.stdout, /leakline find[^]*leakline diff[^]*leakline summary/);
    for (const { code, stdout, stderr } of [find, diff, summary, general]) {
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
      for (const line of stdout.split('\n')) assert(line.length <= 100, line);
    }
  });
});
