import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import ts from 'typescript';
import { position0 } from '../../../src/base/position';
import { textHash } from '../../../src/source/textHash';
import { FindingLocator } from '../../../src/investigation/locateFindings';
import type {
  Anchor,
  CodePosition,
  LeakAnalysis,
  ScriptInfo,
  Suspect,
} from '../../../src/leaks/leakAnalysis';
import type { LeakReport } from '../../../src/leaks/leakReport';

let root: string;

/** A script on disk, and its places. */
interface Script extends ScriptInfo {
  /** The place of the only `marker` in the code that ran. */
  at(marker: string): CodePosition;
}

let scripts: Script[];

/** Writes a script below the root that ran just so. */
async function script(name: string, code: string): Promise<Script> {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, code);
  const scriptId = scripts.length + 1;
  const at = (marker: string) => {
    const [before, ...after] = code.split(marker);
    assert.equal(after.length, 1, `${marker} in ${name}`);
    const lines = before.split('\n');
    return { scriptId, position: position0(lines.length - 1, lines.at(-1)!.length) };
  };
  const hash = createHash('sha256').update(code).digest('hex');
  const made = { scriptId, url: pathToFileURL(file).href, hash, at };
  scripts.push(made);
  return made;
}

/** Compiles a TypeScript file to CommonJS in `dist`, with a map beside it, as tsc does. */
async function compiled(name: string, source: string): Promise<Script> {
  await mkdir(path.join(root, 'src'), { recursive: true });
  await mkdir(path.join(root, 'dist'), { recursive: true });
  await writeFile(path.join(root, 'src', `${name}.ts`), source);
  const { outputText, sourceMapText } = ts.transpileModule(source, {
    fileName: `../src/${name}.ts`,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      sourceMap: true,
    },
  });
  const map = JSON.parse(sourceMapText!) as { sources: string[] };
  map.sources = [`../src/${name}.ts`];
  await writeFile(path.join(root, 'dist', `${name}.js.map`), JSON.stringify(map));
  return script(`dist/${name}.js`, outputText);
}

function suspect(anchors: readonly Anchor[], more: Partial<Suspect> = {}): Suspect {
  return {
    confidence: 0.9,
    title: 'Map keeps 10 more Session each round',
    shape: 'map',
    className: 'Session',
    countPerRound: 10,
    containers: 1,
    retainedBytesPerRound: 1_000,
    growth: { counts: [0, 10], bytes: [0, 1_000] },
    leakedKeys: [],
    path: [],
    anchors,
    evidence: ['as seen'],
    ...more,
  };
}

function analysis(...suspects: Suspect[]): LeakAnalysis {
  const heapBytes = [1, 2, 3, 4];
  const externalBytes = [0, 0, 0, 1];
  return {
    ...{ verdict: 'leak', inDoubt: false, rounds: 3 },
    ...{ heapBytes, externalBytes, suspects, scripts },
  };
}

function locate(...suspects: Suspect[]): Promise<LeakReport> {
  return new FindingLocator(analysis(...suspects), root).report([]);
}

/** The sites of the only finding as `role file: text`, best first. */
async function sitesOf(found: Suspect): Promise<string[]> {
  const { findings } = await locate(found);
  for (const { file, line, column, text } of findings[0].sites) {
    const lines = (await readFile(path.resolve(root, file), 'utf8')).split('\n');
    assert.equal(lines[line - 1].trim(), text);
    assert(column >= 1 && column <= lines[line - 1].length);
  }
  return findings[0].sites.map(({ role, file, text }) => `${role} ${file}: ${text}`);
}

describe('FindingLocator', () => {
  beforeEach(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'leakline-locate-')));
    scripts = [];
  });
  afterEach(() => rm(root, { recursive: true }));

  describe('finds the lines of a container', () => {
    it('that is filled in the file that declares it', async () => {
      const file = await script(
        'sessions.js',
        `const sessions = new Map();
exports.open = function open(id) {
  sessions.set(id, { id });
};
`,
      );
      const within = file.at('(id) {');
      assert.deepEqual(await sitesOf(suspect([{ kind: 'variable', name: 'sessions', within }])), [
        'growth sessions.js: sessions.set(id, { id });',
        'retention sessions.js: const sessions = new Map();',
      ]);
    });

    it('that another CommonJS module fills, through the maps of both', async () => {
      await compiled(
        'store',
        `import type { Session } from './session';

/** By id. */
export const sessions = new Map<string, Session>();
`,
      );
      await compiled(
        'login',
        `import { sessions } from './store';

export function login(user: string): void {
  const id: string = user.toLowerCase();
  sessions.set(id, { user });
}
`,
      );
      const filename = path.join(root, 'dist', 'store.js');
      const anchor: Anchor = { kind: 'export', name: 'sessions', filename };
      const [first, ...others] = await sitesOf(suspect([anchor]));
      assert.equal(first, 'growth src/login.ts: sessions.set(id, { user });');
      const declaration = 'export const sessions = new Map<string, Session>();';
      assert(others.includes(`retention src/store.ts: ${declaration}`), others.join('\n'));
    });

    it('that another module fills, by the name it was imported or destructured under', async () => {
      const store = await script(
        'store.mjs',
        `export const sessions = new Map();
export const count = () => sessions.size;
`,
      );
      await script(
        'login.mjs',
        `import { sessions } from './store.mjs';
export function login(user) {
  sessions.set(user, { user });
}
`,
      );
      await script(
        'admin.mjs',
        `import { sessions as all } from './store.mjs';
export const takeOver = (user) => all.set(user, { admin: true });
`,
      );
      await script(
        'guest.cjs',
        `const { sessions: open } = require('./store.mjs');
exports.enter = (id) => open.set(id, { guest: true });
`,
      );
      const anchor: Anchor = { kind: 'variable', name: 'sessions', within: store.at('() =>') };
      assert.deepEqual(await sitesOf(suspect([anchor])), [
        'growth login.mjs: sessions.set(user, { user });',
        'growth admin.mjs: export const takeOver = (user) => all.set(user, { admin: true });',
        'growth guest.cjs: exports.enter = (id) => open.set(id, { guest: true });',
        'retention store.mjs: export const sessions = new Map();',
      ]);
    });

    it('in a bundle that was minified, by the map in it', async () => {
      await mkdir(path.join(root, 'src'));
      await writeFile(
        path.join(root, 'src', 'store.ts'),
        `const sessions = new Map<string, object>();
export function remember(id: string, session: object): number {
  sessions.set(id, session);
  return sessions.size;
}
`,
      );
      const main = path.join(root, 'src', 'main.ts');
      await writeFile(
        main,
        `import { remember } from './store';
setInterval(() => console.log(remember(String(Math.random()), { at: Date.now() })), 1000);
`,
      );
      const bundle = await esbuild.build({
        ...{ entryPoints: [main], outfile: path.join(root, 'dist', 'main.js'), write: false },
        ...{ bundle: true, minify: true, sourcemap: 'inline', platform: 'node' },
      });
      const code = bundle.outputFiles[0].text;
      assert(!code.split('//#')[0].includes('sessions'), 'the name is gone');
      const name = /(\w+)=new Map/.exec(code)![1];
      const file = await script('dist/main.js', code);
      const anchor: Anchor = { kind: 'variable', name, within: file.at(`${name}.set(`) };
      assert.deepEqual(await sitesOf(suspect([anchor])), [
        'growth src/store.ts: sessions.set(id, session);',
        'retention src/store.ts: const sessions = new Map<string, object>();',
      ]);
    });

    it('that has no name, by the literals that make what it holds', async () => {
      await script(
        'mail.js',
        `exports.mail = (to, text) => deliver({ recipient: to, body: text });
`,
      );
      const leaked = { className: 'Object', leakedKeys: ['recipient', 'body'] };
      assert.deepEqual(await sitesOf(suspect([], leaked)), [
        'allocation mail.js: exports.mail = (to, text) => deliver({ recipient: to, body: text });',
      ]);
    });
  });

  it('prefers the project to its dependencies', async () => {
    const fill = `exports.fill = (value) => {
  global.registry.push(value);
};
`;
    await script('node_modules/library/index.js', fill);
    await script('fill.js', fill);
    const sites = await sitesOf(suspect([{ kind: 'global', name: 'registry' }]));
    assert.match(sites[0], /^growth fill\.js: /);
    assert.match(sites[1], /^growth node_modules\/library\/index\.js: /);
  });

  describe('of a leak inside a package', () => {
    const registry = `const made = [];
exports.create = function create(name) {
  made.push({ name });
};
`;
    const callersOf = async (file: Script) => {
      const anchor: Anchor = { kind: 'variable', name: 'made', within: file.at('(name) {') };
      const { findings } = await locate(suspect([anchor]));
      const [first, ...others] = findings[0].sites;
      assert.match(first.file, /^node_modules\//);
      assert.match(findings[0].fix, /look for a version that fixes it/);
      return others.filter(({ role }) => role === 'caller').map(({ text }) => text);
    };

    it('names the call of the project that leads there, the likely one first', async () => {
      const file = await script('node_modules/maker/index.js', registry);
      await script('unrelated.js', `const other = require('other');\nother.create('maker');\n`);
      await script(
        'handler.js',
        `const { create: make } = require('maker');
make('at start');
exports.handle = (request) => {
  make(request.id);
};
`,
      );
      assert.deepEqual(await callersOf(file), ['make(request.id);', "make('at start');"]);
    });

    it('follows what the package made, also in fields', async () => {
      const file = await script('node_modules/maker/index.js', registry);
      await script(
        'service.mjs',
        `import Maker from 'maker';
export class Service {
  #maker = new Maker();
  handle(id) {
    this.#maker.create(id);
  }
}
`,
      );
      const [first] = await callersOf(file);
      assert.equal(first, 'this.#maker.create(id);');
    });

    it('goes over the packages between', async () => {
      const file = await script('node_modules/maker/index.js', registry);
      await script('node_modules/@web/kit/a.js', `const maker = require('maker/index.js');\n`);
      await script('main.js', `import kit from '@web/kit/a.js';\nexport const go = () => kit();\n`);
      assert.deepEqual(await callersOf(file), ['export const go = () => kit();']);
    });
  });

  describe('says what the code removes', () => {
    async function findingOf(code: string, more: Partial<Suspect> = {}): Promise<LeakReport> {
      const file = await script('cache.js', code);
      const anchor: Anchor = { kind: 'variable', name: 'cache', within: file.at('(id) =>') };
      return locate(suspect([anchor], more));
    }
    const filled = `const cache = new Map();
exports.put = (id) => {
  cache.set(id, { id });
};
`;

    it('nothing', async () => {
      const [{ evidence, confidence, bounded }] = (await findingOf(filled)).findings;
      assert.equal(evidence.at(-1), 'Nothing in cache.js removes from `cache`.');
      assert.deepEqual([confidence, bounded], [0.9, false]);
    });

    it('something else than what piles up', async () => {
      const code = `${filled}exports.drop = (name) => cache.delete(name);\n`;
      const { verdict, findings } = await findingOf(code);
      const [{ evidence, confidence, sites }] = findings;
      assert.equal(
        evidence.at(-1),
        '`exports.drop = (name) => cache.delete(name);` at cache.js:5 removes, but not what piles up.',
      );
      assert.deepEqual([verdict, confidence, sites.at(-1)?.role], ['leak', 0.81, 'removal']);
    });

    it('what is beyond a limit that the code does not tell: no leak so far', async () => {
      const code = filled.replace('};', '  if (cache.size > process.argv[2]) cache.clear();\n};');
      const { verdict, findings, notices } = await findingOf(code);
      assert.deepEqual([verdict, findings[0].bounded], ['inconclusive', true]);
      assert(findings[0].confidence < 0.5);
      assert.match(findings[0].evidence.at(-1)!, /^It is bounded: .* at cache\.js:4/);
      assert.match(notices[0], /run more rounds/);
    });

    it('what is beyond a limit that was not reached yet: no finding but a notice', async () => {
      const code = filled.replace('};', '  if (cache.size > 1_000) cache.clear();\n};');
      // A hundred bytes each.
      const small = { countPerRound: 10, retainedBytesPerRound: 1000 };
      const { verdict, findings, notices } = await findingOf(code, small);
      assert.deepEqual([verdict, findings], ['clean', []]);
      assert.deepEqual(notices, [
        '`cache` still fills up to its limit of 1,000, about 100 kB, which ' +
          '`if (cache.size > 1_000) cache.clear();` at cache.js:4 keeps: no leak.',
      ]);
    });

    it('what is beyond a limit that is too much itself: a finding', async () => {
      const code = filled.replace('};', '  if (cache.size > 1_000) cache.clear();\n};');
      const large = { countPerRound: 10, retainedBytesPerRound: 1e6 };
      const { verdict, findings } = await findingOf(code, large);
      assert.deepEqual([verdict, findings[0].bounded], ['inconclusive', true]);
      assert.match(findings[0].evidence.at(-1)!, /^It is bounded at 1,000: .* at cache\.js:4/);
    });

    it('what is beyond a limit of each of many containers', async () => {
      const code = filled.replace('};', '  if (cache.size > 10) cache.clear();\n};');
      const { verdict } = await findingOf(code, { containers: 30 });
      assert.equal(verdict, 'clean');
    });

    it('what is beyond a limit, but not so in practice: a leak', async () => {
      const code = filled.replace('};', '  if (cache.size > 10) cache.delete(undefined);\n};');
      const { verdict, findings } = await findingOf(code);
      assert.deepEqual(
        [verdict, findings[0].bounded, findings[0].confidence],
        ['leak', false, 0.9],
      );
      assert.match(findings[0].evidence.at(-1)!, /should bound it at 10, but 30 were kept\.$/);
    });

    it('and puts what may only be filling after what leaks', async () => {
      const file = await script(
        'both.js',
        `const lru = new Map();
const leak = new Map();
exports.put = (id) => {
  leak.set(id, { id });
  lru.set(id, { id });
  if (lru.size > limits.lru) lru.delete(lru.keys().next().value);
};
`,
      );
      const held = (name: string) =>
        suspect([{ kind: 'variable', name, within: file.at('(id) =>') }]);
      const { verdict, findings } = await locate(held('lru'), held('leak'));
      assert.equal(verdict, 'leak');
      assert.deepEqual(
        findings.map(({ rank, bounded, sites }) => [rank, bounded, sites[0].text]),
        [
          [1, false, 'leak.set(id, { id });'],
          [2, true, 'lru.set(id, { id });'],
        ],
      );
    });
  });

  it('counts lines and columns from 1, in the source and in the code that ran', async () => {
    const file = await compiled(
      'cart',
      `interface Item { sku: string }

const carts: Item[] = [];
export const add = (item: Item): number => carts.push(item);
`,
    );
    const within = file.at('(item) =>');
    const { findings } = await locate(suspect([{ kind: 'variable', name: 'carts', within }]));
    const [growth, retention] = findings[0].sites;
    assert.deepEqual([growth.line, growth.column], [4, 44]);
    assert.deepEqual([retention.line, retention.column], [3, 7]);
    const pushed = file.at('carts.push').position;
    assert.deepEqual(growth.generated, {
      url: file.url,
      line: pushed.line + 1,
      column: pushed.column + 1,
    });
  });

  it('names each line once, and no more than eight', async () => {
    const lines = Array.from({ length: 12 }, (_, i) => `  kept.push(x${i}), kept.push(y${i});`);
    const code = `const kept = [];\nfunction keep() {\n${lines.join('\n')}\n}\n`;
    const file = await script('many.js', code);
    const anchor: Anchor = { kind: 'variable', name: 'kept', within: file.at('() {') };
    const sites = await sitesOf(suspect([anchor, anchor]));
    assert.equal(sites.length, 8);
    assert.equal(new Set(sites).size, 8);
  });

  it('tells where the steps of the path are, and adds the file to the title', async () => {
    const file = await compiled(
      'outbox',
      `export class Outbox {
  readonly mails: string[] = [];
  send(mail: string): void {
    this.mails.push(mail);
  }
}
`,
    );
    const code = file.at('class Outbox');
    const { findings } = await locate(
      suspect([{ kind: 'field', name: 'mails', classAt: code }], {
        path: [
          { edge: '', className: '(GC root)', objectId: 1, node: 0 },
          { edge: '.outbox', className: 'Outbox', objectId: 3, node: 1, code },
        ],
      }),
    );
    const [finding] = findings;
    assert.equal(finding.title, 'Map keeps 10 more Session each round (src/outbox.ts)');
    assert.deepEqual(finding.path, [
      { edge: '', className: '(GC root)', objectId: 1 },
      {
        edge: '.outbox',
        className: 'Outbox',
        objectId: 3,
        site: { file: 'src/outbox.ts', line: 1, column: 1 },
      },
    ]);
  });

  it('takes over what the analysis says, and ranks it', async () => {
    const report = await new FindingLocator(analysis(suspect([]), suspect([])), root).report([
      'a notice',
    ]);
    assert.deepEqual(
      report.findings.map(({ rank }) => rank),
      [1, 2],
    );
    const { sites, evidence, countPerRound, growth } = report.findings[0];
    assert.deepEqual(
      { sites, evidence, countPerRound, growth },
      {
        sites: [],
        evidence: ['as seen'],
        countPerRound: 10,
        growth: { counts: [0, 10], bytes: [0, 1_000] },
      },
    );
    assert.deepEqual(report.notices, ['a notice']);
    assert.deepEqual([report.verdict, report.rounds, report.heapBytes.length], ['leak', 3, 4]);
  });

  describe('has no site, and no error, for', () => {
    const unlocated = (url: string) => {
      scripts.push({ scriptId: 1, url, at: () => assert.fail() });
      const within = { scriptId: 1, position: position0(2, 0) };
      const step = { edge: '.a', className: 'Function', objectId: 5, node: 2, code: within };
      return suspect([{ kind: 'variable', name: 'sessions', within }], { path: [step] });
    };

    for (const url of [
      'file:///C:/shop/dist/a.js',
      'C:\\shop\\dist\\a.js',
      'file:///nowhere/to/be/found.js',
      'node:internal/timers',
      'https://shop.example/a.js',
      'evalmachine.<anonymous>',
    ]) {
      it(url, async () => {
        const { findings, notices } = await locate(unlocated(url));
        assert.deepEqual(findings[0].sites, []);
        assert.deepEqual(findings[0].path, [{ edge: '.a', className: 'Function', objectId: 5 }]);
        assert.deepEqual(notices, []);
      });
    }

    it('a script that the snapshot does not name', async () => {
      const within = { scriptId: 99, position: position0(0, 0) };
      const [finding] = (await locate(suspect([{ kind: 'callback', at: within }]))).findings;
      assert.deepEqual(finding.sites, []);
    });

    it('a file that is no JavaScript', async () => {
      const file = await script('a.js', 'sessions = = new Map(((;\n');
      const within = file.at('new');
      assert.deepEqual(
        await sitesOf(suspect([{ kind: 'variable', name: 'sessions', within }])),
        [],
      );
    });
  });

  describe('where a file was changed since it ran', () => {
    const code = 'const kept = [];\nexports.keep = (x) => kept.push(x);\n';
    const doubt = 'a.js changed since it ran; the line may be off.';
    let anchor: Anchor;

    beforeEach(async () => {
      const file = await script('a.js', code);
      await script('other.js', 'exports.other = 1;\n');
      await writeFile(path.join(root, 'a.js'), `\n\n${code}`);
      await writeFile(path.join(root, 'other.js'), 'exports.other = 2;\n');
      anchor = { kind: 'variable', name: 'kept', within: file.at('(x) =>') };
    });

    it('looks for the name in the file as it is now, and believes it less', async () => {
      const { findings, notices } = await locate(suspect([anchor]));
      const [{ sites, evidence, confidence }] = findings;
      assert.deepEqual([sites[0].line, sites[0].text], [4, 'exports.keep = (x) => kept.push(x);']);
      assert(evidence.includes(doubt));
      assert.equal(confidence, 0.63);
      assert.deepEqual(notices, [
        'a.js is not the code that ran: it was changed since, so lines may be off.',
      ]);
    });

    it('says of which file the lines may be off', async () => {
      const locator = new FindingLocator(analysis(suspect([anchor])), root);
      const files = await locator.files(await locator.report([]));
      const hash = textHash(`\n\n${code}`);
      assert.deepEqual(files, [{ file: path.join(root, 'a.js'), hash, differed: true }]);
    });

    it('makes no guess where there is only a position', async () => {
      const at = 'within' in anchor ? anchor.within : assert.fail();
      const { findings } = await locate(suspect([{ kind: 'callback', at }]));
      assert.deepEqual(findings[0].sites, []);
    });

    it('shows the lines of the code that ran while the process has it, with the same doubt', async () => {
      const live = () => Promise.resolve(code);
      const report = await new FindingLocator(analysis(suspect([anchor])), root, live).report([]);
      assert.equal(report.findings[0].sites[0].line, 2);
      assert(report.findings[0].evidence.includes(doubt));
      assert.equal(report.notices.length, 1);
    });
  });

  describe('finds what no name leads to', () => {
    const agents: Anchor = { kind: 'construction', classNames: ['Agent'] };
    const making = `exports.get = (url) => {
  const agent = new Agent();
  return agent.get(url);
};
`;

    it('in the program before its dependencies', async () => {
      await script('node_modules/client/index.js', making);
      await script('rates.js', making);
      await script('other.js', 'exports.agents = () => 1;\n');
      assert.deepEqual(await sitesOf(suspect([agents])), [
        'allocation rates.js: const agent = new Agent();',
        'allocation node_modules/client/index.js: const agent = new Agent();',
      ]);
    });

    it('but says nothing of it where a name leads to a convincing line', async () => {
      const kept = `const kept = [];\nexports.keep = (x) => kept.push(x);\n`;
      const file = await script('kept.js', `${kept}${making}`);
      const anchor: Anchor = { kind: 'variable', name: 'kept', within: file.at('(x) =>') };
      assert.deepEqual(await sitesOf(suspect([anchor, agents])), [
        'growth kept.js: exports.keep = (x) => kept.push(x);',
        'retention kept.js: const kept = [];',
      ]);
    });

    it('in the module that has loaded what piles up, and nowhere else', async () => {
      const loading = `exports.load = () => require('./rules');\n`;
      await script('other.js', loading);
      await script('plugins.js', loading);
      const loader = path.join(root, 'plugins.js');
      const load: Anchor = { kind: 'load', loader, loaded: path.join(root, 'rules.js') };
      assert.deepEqual(await sitesOf(suspect([load])), [
        "growth plugins.js: exports.load = () => require('./rules');",
      ]);
    });
  });

  it('says so where the source was edited after it was compiled', async () => {
    const source = 'const kept: object[] = [];\nexport const keep = (x: object) => kept.push(x);\n';
    const file = await compiled('a', source);
    const map = path.join(root, 'dist', 'a.js.map');
    const json = JSON.parse(await readFile(map, 'utf8')) as object;
    await writeFile(map, JSON.stringify({ ...json, sourcesContent: [source] }));
    await writeFile(path.join(root, 'src', 'a.ts'), `// new\n${source}`);
    const anchor: Anchor = { kind: 'variable', name: 'kept', within: file.at('(x) =>') };
    const [{ sites, evidence, confidence }] = (await locate(suspect([anchor]))).findings;
    assert.equal(sites[0].text, 'export const keep = (x: object) => kept.push(x);');
    assert(evidence.includes('src/a.ts changed since it was compiled; the line may be off.'));
    assert.equal(confidence, 0.63);
  });

  describe('locates a single position', () => {
    it('in the source, from 1', async () => {
      const file = await compiled('a', 'type A = 1;\nexport function f(a: A) {}\n');
      const locator = new FindingLocator(analysis(), root);
      const place = await locator.locate(file.at('function f'));
      assert.deepEqual(place, { file: path.join(root, 'src', 'a.ts'), line: 2, column: 1 });
    });

    it('nowhere if the script has no file', async () => {
      const locator = new FindingLocator(analysis(), root);
      const position = position0(0, 0);
      assert.equal(await locator.locate({ scriptId: 99, position }), undefined);
    });
  });
});
