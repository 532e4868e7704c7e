import assert from 'node:assert/strict';
import path from 'node:path';
import { LeaklineError } from '../../../src/base/errors';
import { parseCommandLine } from '../../../src/cli/args';

const CWD = path.resolve('/project');

function parse(...argv: string[]) {
  return parseCommandLine(argv, CWD);
}

function find(...args: string[]) {
  const line = parse('find', ...args);
  assert(line.command === 'find');
  return line.options;
}

/** The message and hint of the usage error that a command line is answered with. */
function complaint(...argv: string[]): string {
  try {
    parse(...argv);
  } catch (error) {
    assert(error instanceof LeaklineError, String(error));
    assert.equal(error.code, 'usage');
    return `${error.message} ${error.hint ?? ''}`;
  }
  return assert.fail(`accepted: ${argv.join(' ')}`);
}

describe('parseCommandLine', () => {
  describe('find', () => {
    it('has the documented defaults', () => {
      assert.deepEqual(find('--pid', '42', '--drive', 'npm run load'), {
        target: { kind: 'pid', pid: 42 },
        exercise: { kind: 'drive', command: 'npm run load' },
        consent: 'ask',
        plan: { warmup: 1, rounds: 3, extraRounds: 3, settleSeconds: 0.5, hideKeys: true },
        root: CWD,
        format: 'text',
        values: false,
      });
    });

    it('takes every option, with paths relative to the current folder', () => {
      const options = find(
        ...[
          '--attach',
          '127.0.0.1:9229',
          '--wait',
          '2.5',
          '--warmup=0',
          '--rounds',
          '5',
          '--extra-rounds',
          '0',
        ],
        ...['--settle', '0', '--root', 'shop', '--format', 'markdown', '--output', 'out/report.md'],
        ...['--keep-snapshots', '../kept', '--track-allocations', '--values', '--yes'],
      );
      assert.deepEqual(options, {
        target: {
          kind: 'attach',
          address: { kind: 'endpoint', host: '127.0.0.1', port: 9229 },
        },
        exercise: { kind: 'wait', seconds: 2.5 },
        consent: 'yes',
        plan: {
          warmup: 0,
          rounds: 5,
          extraRounds: 0,
          settleSeconds: 0,
          trackAllocations: true,
        },
        keepSnapshots: path.resolve(CWD, '../kept'),
        root: path.join(CWD, 'shop'),
        format: 'markdown',
        output: path.join(CWD, 'out/report.md'),
        values: true,
      });
    });

    it('chooses a worker thread, whatever the way to its process', () => {
      const target = { kind: 'pid', pid: 1, worker: 'resize' };
      assert.deepEqual(find('--pid', '1', '--worker', 'resize').target, target);
      assert.match(complaint('find', '--worker', 'resize'), /exactly one target/);
    });

    it('attaches to a ws:// URL', () => {
      const url = 'ws://127.0.0.1:9229/0f2c936f-b1cd-4ac9-aab3-f63b0f33d55e';
      assert.deepEqual(find('--attach', url).target, {
        kind: 'attach',
        address: { kind: 'webSocket', url },
      });
    });

    it('leaves everything after -- to the program', () => {
      const { target, plan } = find('--rounds', '2', '--', 'node', 'app.js', '--rounds', '9', '--');
      assert.deepEqual(target, {
        kind: 'launch',
        command: ['node', 'app.js', '--rounds', '9', '--'],
      });
      assert.equal(plan.rounds, 2);
    });

    it('wants exactly one target', () => {
      for (const args of [
        [],
        ['--pid', '1', '--attach', '127.0.0.1:9229'],
        ['--pid', '1', '--', 'node', 'app.js'],
        ['--attach', '127.0.0.1:9229', '--', 'node', 'app.js'],
      ]) {
        assert.match(complaint('find', ...args), /exactly one target.*--attach.*--pid.*--/);
      }
      assert.match(complaint('find', '--'), /command after -- is missing/);
    });

    it('refuses an address that is none', () => {
      assert.match(complaint('find', '--attach', 'nowhere:http'), /nowhere:http/);
    });

    it('refuses --drive together with --wait', () => {
      assert.match(complaint('find', '--pid', '1', '--drive', 'x', '--wait', '1'), /exclude/);
    });

    it('points to -- when a program is named without it', () => {
      assert.match(complaint('find', 'app.js'), /Unexpected argument app\.js\..* -- node app\.js/);
    });

    const numbers: [option: string, value: string, expected: RegExp][] = [
      ['--rounds', '0', /--rounds must be a whole number from 1 to 1000, not "0"/],
      ['--rounds', '-1', /--rounds must be a whole number/],
      ['--rounds', '1.5', /--rounds must be a whole number/],
      ['--rounds', '3x', /--rounds must be a whole number/],
      ['--rounds', '1e2', /--rounds must be a whole number/],
      ['--rounds', '99999999999', /--rounds must be a whole number/],
      ['--warmup', '-1', /--warmup must be a whole number from 0/],
      ['--settle', 'soon', /--settle must be a number of seconds from 0 to 86400, not "soon"/],
      ['--settle', 'Infinity', /--settle must be/],
      ['--wait', '86401', /--wait must be/],
      ['--pid', '0', /--pid must be a whole number from 1/],
      ['--pid', '$(id)', /--pid must be a whole number/],
    ];
    for (const [option, value, expected] of numbers) {
      it(`refuses ${option} ${value}`, () => {
        const target = option === '--pid' ? [] : ['--pid', '1'];
        assert.match(complaint('find', ...target, option, value), expected);
      });
    }

    it('refuses an unknown format', () => {
      const message = complaint('find', '--pid', '1', '--format', 'xml');
      assert.match(message, /text, json, markdown, sarif, github, gitlab or junit, not "xml"/);
    });
  });

  describe('triage', () => {
    const triage = (...argv: string[]) => {
      const line = parse('triage', ...argv);
      return line.command === 'triage' ? line.options : assert.fail(line.command);
    };

    it('has the documented defaults', () => {
      assert.deepEqual(triage('--pid', '42'), {
        target: { kind: 'pid', pid: 42 },
        plan: { seconds: 60, intervalSeconds: 1, collect: false },
        format: 'text',
      });
      assert.equal(triage('--pid', '42', '--collect').plan.intervalSeconds, 5);
    });

    it('takes every option', () => {
      const options = ['--seconds', '5', '--interval', '.5', '--format', 'json', '--output', 'a'];
      assert.match(complaint('triage', ...options, '--', 'node'), /--interval must be a number/);
      options[3] = '0.5';
      assert.deepEqual(triage(...options, '--collect', '--', 'node', 'app.js', '--seconds'), {
        target: { kind: 'launch', command: ['node', 'app.js', '--seconds'] },
        plan: { seconds: 5, intervalSeconds: 0.5, collect: true },
        format: 'json',
        output: path.join(CWD, 'a'),
      });
    });

    it('does not read without a break', () => {
      assert.match(complaint('triage', '--pid', '1', '--interval', '0'), /at least 0.05 seconds/);
    });
  });

  describe('targets', () => {
    const targets = (...argv: string[]) => parse('targets', ...argv);

    it('takes its few options', () => {
      const plain = { command: 'targets', options: { format: 'text' } };
      assert.deepEqual(targets(), plain);
      assert.deepEqual(targets('--format', 'json', '--output', 'a').command, 'targets');
      assert.deepEqual(targets('--help'), { command: 'help', topic: 'targets' });
    });

    it('refuses what it does not take', () => {
      assert.match(complaint('targets', '4711'), /4711/);
      assert.match(complaint('targets', '--format', 'xml'), /text or json, not "xml"/);
      assert.match(complaint('targets', '--pid', '1'), /Unknown option --pid/);
    });
  });

  describe('sample', () => {
    it('takes pairs of folders, as find does', () => {
      const line = parse('sample', '--pid', '1', '--map', '/app=.', '--map', '/lib=lib');
      assert(line.command === 'sample');
      assert.deepEqual(line.options.pairs, [
        { remoteRoot: '/app', localRoot: CWD },
        { remoteRoot: '/lib', localRoot: path.join(CWD, 'lib') },
      ]);
    });
  });

  describe('diff', () => {
    it('takes two or more snapshots', () => {
      const line = parse('diff', 'a.heapsnapshot', '--format', 'json', 'b.heapsnapshot', '/c');
      assert.deepEqual(line, {
        command: 'diff',
        options: {
          snapshots: [
            path.join(CWD, 'a.heapsnapshot'),
            path.join(CWD, 'b.heapsnapshot'),
            path.resolve('/c'),
          ],
          root: CWD,
          format: 'json',
          values: false,
        },
      });
    });

    it('refuses fewer than two', () => {
      assert.match(complaint('diff'), /at least two/);
      assert.match(complaint('diff', 'a.heapsnapshot'), /at least two/);
    });

    it('takes any number of --map, here relative to the current folder', () => {
      const line = parse('diff', 'a', 'b', '--map', '/app=.', '--map', 'webpack://shop=web');
      assert(line.command === 'diff');
      assert.deepEqual(line.options.pairs, [
        { remoteRoot: '/app', localRoot: CWD },
        { remoteRoot: 'webpack://shop', localRoot: path.join(CWD, 'web') },
      ]);
      assert.match(complaint('diff', 'a', 'b', '--map', '/app'), /REMOTE=LOCAL/);
    });

    it('does not know the options of find', () => {
      assert.match(complaint('diff', 'a', 'b', '--rounds', '3'), /Unknown option --rounds/);
    });
  });

  describe('redact', () => {
    it('takes a snapshot and a file to write', () => {
      const parsed = parse('redact', 'a.heapsnapshot', 'b.heapsnapshot');
      const [snapshot, output] = ['a', 'b'].map((name) =>
        path.resolve(CWD, `${name}.heapsnapshot`),
      );
      assert.deepEqual(parsed, { command: 'redact', options: { snapshot, output } });
    });

    it('takes no less and no more', () => {
      for (const args of [[], ['a'], ['a', 'b', 'c']]) {
        assert.match(complaint('redact', ...args), /a snapshot file and a file to write/);
      }
      assert.deepEqual(parse('redact', '--help'), { command: 'help', topic: 'redact' });
    });
  });

  describe('summary', () => {
    it('has the documented defaults, which depend on the format', () => {
      const snapshot = path.join(CWD, 'a.heapsnapshot');
      const text = { snapshot, top: 20, format: 'text', timings: false };
      assert.deepEqual(parse('summary', 'a.heapsnapshot'), { command: 'summary', options: text });
      const json = { snapshot, format: 'json', timings: false };
      assert.deepEqual(parse('summary', 'a.heapsnapshot', '--format', 'json'), {
        command: 'summary',
        options: json,
      });
    });

    it('takes every option', () => {
      const args = ['--timings', '/a.heapsnapshot', '--top=5', '--output', 'out.json'];
      assert.deepEqual(parse('summary', ...args, '--format', 'json'), {
        command: 'summary',
        options: {
          snapshot: path.resolve('/a.heapsnapshot'),
          top: 5,
          format: 'json',
          timings: true,
          output: path.join(CWD, 'out.json'),
        },
      });
    });

    it('wants exactly one file, a count and a format that it has', () => {
      assert.match(complaint('summary'), /exactly one snapshot/);
      assert.match(complaint('summary', 'a', 'b'), /exactly one snapshot/);
      assert.match(complaint('summary', 'a', '--top', '0'), /--top must be a whole number from 1/);
      assert.match(complaint('summary', 'a', '--format', 'markdown'), /text or json, not/);
    });

    it('gives --timings no value', () => {
      assert.match(complaint('summary', 'a', '--timings=yes'), /--timings takes no value/);
      assert.match(complaint('summary', 'a', '--timing'), /mean --timings\?/);
    });
  });

  describe('an unknown option', () => {
    const typos: [typed: string, meant: string][] = [
      ['--round', '--rounds'],
      ['--atach', '--attach'],
      ['--keep-snapshot', '--keep-snapshots'],
      ['--formt=json', '--format'],
      ['--ouput', '--output'],
    ];
    for (const [typed, meant] of typos) {
      it(`${typed} is answered with ${meant}`, () => {
        assert.match(complaint('find', '--pid', '1', typed, '1'), new RegExp(`mean ${meant}\\?`));
      });
    }

    it('unlike any other is answered with --help', () => {
      assert.match(complaint('find', '--xyzzyplugh'), /leakline find --help/);
      assert.match(complaint('find', '--__proto__', '1'), /Unknown option/);
      assert.match(complaint('find', '-x'), /Unknown option -x/);
    });
  });

  it('wants a value for every option that takes one', () => {
    assert.match(complaint('find', '--pid', '1', '--drive'), /--drive needs a value/);
    assert.match(
      complaint('find', '--pid', '1', '--drive', '--wait', '3'),
      /--drive needs a value/,
    );
    assert.match(complaint('find', '--pid', '1', '--output='), /--output needs a value/);
    assert.deepEqual(find('--pid', '1', '--drive=--load').exercise, {
      kind: 'drive',
      command: '--load',
    });
  });

  it('knows help for all and for each command, and the version', () => {
    assert.deepEqual(parse('--help'), { command: 'help', topic: 'general' });
    assert.deepEqual(parse('-h'), { command: 'help', topic: 'general' });
    assert.deepEqual(parse('find', '--help'), { command: 'help', topic: 'find' });
    assert.deepEqual(parse('diff', '-h'), { command: 'help', topic: 'diff' });
    assert.deepEqual(parse('summary', '--help'), { command: 'help', topic: 'summary' });
    assert.deepEqual(parse('--version'), { command: 'version' });
  });

  it('names the closest command', () => {
    assert.match(complaint(), /command is missing/);
    assert.match(complaint('fnd'), /Did you mean leakline find\?/);
    assert.match(complaint('compare'), /leakline --help/);
  });
});
