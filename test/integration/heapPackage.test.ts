import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { projectRoot } from '../support/projectRoot';
import { runCommand } from '../support/vscode/runCommand';

const TAKE_SNAPSHOT = `require('node:v8').writeHeapSnapshot(process.argv[1])`;

const COMMON_JS = `
  const { createReadStream } = require('node:fs');
  const { LeaklineError, loadHeapSnapshot, summarizeHeap } = require('leakline/heap');
  const { version } = require('leakline/package.json');
  (async () => {
    const snapshot = await loadHeapSnapshot(createReadStream(process.argv[2]));
    const own = await loadHeapSnapshot(require('node:v8').getHeapSnapshot());
    const other = loadHeapSnapshot(createReadStream(__filename));
    const error = await other.catch((error) => error);
    console.log(JSON.stringify({
      version,
      classes: summarizeHeap(snapshot).classes.length,
      ownNodes: own.graph.nodeCount,
      code: error instanceof LeaklineError && error.code,
      loaded: Object.keys(require.cache).map((file) => file.slice(__dirname.length)),
    }));
  })();`;

describe('leakline/heap, installed from the package', () => {
  let project: string;
  let snapshot: string;

  before(async function () {
    this.timeout(180_000);
    project = await mkdtemp(path.join(tmpdir(), 'leakline-package-'));
    snapshot = path.join(project, 'own.heapsnapshot');
    await runCommand(process.execPath, ['-e', TAKE_SNAPSHOT, snapshot]);
    await writeFile(path.join(project, 'package.json'), '{ "private": true }');
    // The bundles are built; building them again would take them away from tests that use them.
    const pack = ['pack', '--ignore-scripts', '--pack-destination', project];
    await runCommand('npm', pack, { cwd: projectRoot });
    const tarball = (await readdir(project)).find((name) => name.endsWith('.tgz'));
    assert(tarball);
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
    await runCommand('npm', ['install', ...quiet, `./${tarball}`], { cwd: project });
    await linkNodeTypes(project);
  });
  after(() => rm(project, { recursive: true }));

  async function runScript(name: string, text: string): Promise<string> {
    await writeFile(path.join(project, name), text);
    return runCommand(process.execPath, [name, snapshot], { cwd: project });
  }

  it('brings the licenses of the packages in its bundles', async () => {
    const folder = path.join(project, 'node_modules', 'leakline');
    const notices = await readFile(path.join(folder, 'dist', 'THIRD_PARTY_NOTICES.txt'), 'utf8');
    const manifest = await readFile(path.join(projectRoot, 'package.json'), 'utf8');
    const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
    for (const [name, version] of Object.entries(dependencies)) {
      assert.ok(notices.includes(`\n${name} ${version} (`), name);
    }
    assert.match(notices, /\npreact [^]+?Permission is hereby granted/);
  });

  it("runs README's example as an ES module", async () => {
    const lines = (await runScript('largest.mjs', await readmeExample())).trim().split('\n');
    assert.ok(lines.length > 5, lines.join('\n'));
    assert.match(lines[0], /^\S.* \d+ \d+$/);
    assert.match(lines[5], / --.+-> /);
  });

  it('runs in CommonJS, and loads nothing but its own bundle', async () => {
    const output = JSON.parse(await runScript('largest.cjs', COMMON_JS)) as {
      version: string;
      classes: number;
      ownNodes: number;
      code: string;
      loaded: string[];
    };
    const own = JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8')) as {
      version: string;
    };
    assert.equal(output.version, own.version);
    assert.ok(output.classes > 50);
    assert.ok(output.ownNodes > 1000);
    assert.equal(output.code, 'notASnapshot');
    const loaded = output.loaded.map((file) => file.replaceAll(path.sep, '/'));
    assert.deepEqual(loaded.sort(), [
      '/largest.cjs',
      '/node_modules/leakline/dist/heap.js',
      '/node_modules/leakline/package.json',
    ]);
  });

  for (const resolution of ['nodenext', 'bundler']) {
    it(`type-checks README's example with module resolution ${resolution}`, async function () {
      this.timeout(120_000);
      await writeFile(path.join(project, 'largest.mts'), await readmeExample());
      await check(resolution, 'largest.mts');
    });
  }

  it('refuses wrong use of the types', async function () {
    this.timeout(120_000);
    const wrong = `import { loadHeapSnapshot } from 'leakline/heap'; loadHeapSnapshot('file');`;
    await writeFile(path.join(project, 'wrong.mts'), wrong);
    await assert.rejects(check('nodenext', 'wrong.mts'), /not assignable.*AsyncIterable/);
  });

  function check(resolution: string, file: string): Promise<string> {
    const compiler = path.join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
    const module = resolution === 'bundler' ? 'esnext' : resolution;
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--types', 'node'];
    const modules = ['--module', module, '--moduleResolution', resolution];
    return runCommand(process.execPath, [compiler, ...options, ...modules, file], { cwd: project });
  }
});

/** The block of README.md that imports the package. */
async function readmeExample(): Promise<string> {
  const readme = await readFile(path.join(projectRoot, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);
  const example = blocks.find((code) => code.includes("from 'leakline/heap'"));
  assert(example, 'README.md has no example of leakline/heap');
  return example;
}

/** What a TypeScript project for Node.js has installed anyway. */
async function linkNodeTypes(project: string): Promise<void> {
  const types = path.join(project, 'node_modules', '@types', 'node');
  await mkdir(types, { recursive: true });
  const own = path.join(projectRoot, 'node_modules', '@types', 'node', 'index.d.ts');
  await writeFile(
    path.join(types, 'package.json'),
    '{ "name": "@types/node", "types": "index.d.ts" }',
  );
  await writeFile(path.join(types, 'index.d.ts'), `/// <reference path="${own}" />\n`);
}
