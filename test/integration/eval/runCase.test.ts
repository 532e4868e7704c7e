import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import * as path from 'node:path';
import type { EvalCase, Variant } from '../../eval/evalCase';
import { prepareCase } from '../../eval/prepareCase';
import { runCase } from '../../eval/runCase';
import { cacheFolder } from '../../support/vscode/cachedFolder';
import { inTemporaryFolder } from '../../support/temporaryFolder';

const DRIVER = 'driver.js';
const never = new AbortController().signal;

/** Gives `use` a leaking case that consists of this driver. */
async function withCase(
  driver: string,
  use: (evalCase: EvalCase) => Promise<void>,
  more: Partial<EvalCase> = {},
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await writeFile(path.join(folder, 'package.json'), '{ "private": true }');
    await writeFile(path.join(folder, DRIVER), driver);
    const about = { name: path.basename(folder), shape: 'none', leak: true, expected: [] };
    await use({ ...about, folder, verify: { n: 1 }, ...more });
  });
}

function run(evalCase: EvalCase, variant: Variant = 'leaking', signal = never) {
  return runCase(evalCase, variant, { node: process.execPath, signal });
}

/** What is left of the copies of the case. */
function copiesOf({ name }: EvalCase): string[] {
  const copies = readdirSync(path.join(cacheFolder, 'eval', 'runs'));
  return copies.filter((copy) => copy.startsWith(name));
}

describe('runCase', () => {
  it('makes a program that dies a result, with what it said', async () => {
    await withCase(`throw new Error('no tea today');`, async (evalCase) => {
      const { error, report } = await run(evalCase);
      assert.match(error ?? '', /ended with 1: .*no tea today/);
      assert.equal(report, undefined);
      assert.deepEqual(copiesOf(evalCase), []);
    });
  });

  it('makes a patch that does not apply a result', async () => {
    const patch = [{ file: DRIVER, find: 'coffee', replace: 'tea' }];
    const fixed = { fixed: { patch } };
    await withCase(
      '// nothing',
      async (evalCase) => {
        const { error } = await run(evalCase, 'fixed');
        assert.equal(error, 'The patch of driver.js does not apply.');
        assert.deepEqual(copiesOf(evalCase), []);
      },
      fixed,
    );
  });

  it('ends the program after an abort, and removes its copy', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const driver = `process.on('SIGINT', () => {}); require('net').connect(${port}, '127.0.0.1');`;
      await withCase(driver, async (evalCase) => {
        const controller = new AbortController();
        const running = run(evalCase, 'leaking', controller.signal);
        const [socket] = (await once(server, 'connection')) as [Socket];
        socket.on('error', () => {});
        const gone = once(socket, 'close');
        controller.abort(new Error('enough'));
        await assert.rejects(running, /enough/);
        await gone;
        assert.deepEqual(copiesOf(evalCase), []);
      });
    } finally {
      server.close();
    }
  });
});

describe('prepareCase', () => {
  it('patches and builds a copy, and only reads the case itself', async () => {
    const patch = [{ file: DRIVER, find: 'black', replace: '$& green' }];
    const fixed = { fixed: { patch } };
    await withCase(
      `'black tea';`,
      async (evalCase) => {
        const build = `node -e "fs.cpSync('driver.js', 'built.js')"`;
        const manifest = JSON.stringify({ scripts: { build } });
        await writeFile(path.join(evalCase.folder, 'package.json'), manifest);
        const before = readdirSync(evalCase.folder);

        const copy = await prepareCase(evalCase, { variant: 'fixed', signal: never });

        const built = await readFile(path.join(copy, 'built.js'), 'utf8');
        await rm(copy, { recursive: true });
        assert.equal(built, `'$& green tea';`);
        assert.deepEqual(readdirSync(evalCase.folder), before);
        assert.equal(await readFile(path.join(evalCase.folder, DRIVER), 'utf8'), `'black tea';`);
      },
      fixed,
    );
  });
});
