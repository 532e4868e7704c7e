import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PathMapper, type PathRules } from '../../../src/source/pathMapper';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);

/** Every file holds its own path, so that no two have the same text. */
async function write(...files: string[]): Promise<void> {
  for (const file of files) {
    await mkdir(path.dirname(at(file)), { recursive: true });
    await writeFile(at(file), file);
  }
}

const map = (url: string, text?: string, rules?: PathRules) =>
  new PathMapper(at('root'), rules).map(
    url,
    text === undefined ? undefined : (other) => other === text,
  );

async function leadsTo(url: string, file: string | undefined, text?: string, rules?: PathRules) {
  const mapped = await map(url, text, rules);
  const expected = file === undefined ? undefined : at(file);
  assert.equal(mapped.file, expected, mapped.tried.join('\n'));
}

describe('PathMapper', () => {
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'leakline-mapper-')));
    await write('root/src/a.ts', 'root/src/deep/a.ts', 'root/server.js', 'outside/src/a.ts');
  });
  afterEach(() => rm(folder, { recursive: true }));

  describe('guesses', () => {
    it('a file of this machine from where it is', async () => {
      await leadsTo(pathToFileURL(at('root/src/a.ts')).href, 'root/src/a.ts');
      await leadsTo(at('root/src/a.ts'), 'root/src/a.ts');
    });

    it('a file outside of the root only if it has the text', async () => {
      await write('outside/c.ts');
      await leadsTo(at('outside/c.ts'), 'outside/c.ts', 'outside/c.ts');
      await leadsTo(at('outside/c.ts'), undefined, 'other');
      await leadsTo(at('outside/c.ts'), undefined);
    });

    it('nothing by likeness for a file that is there under the very name', async () => {
      await leadsTo(at('outside/src/a.ts'), undefined);
      await leadsTo(at('outside/src/a.ts'), 'root/src/a.ts', 'root/src/a.ts');
    });

    it('a file by the longest end of its path', async () => {
      await leadsTo('file:///app/src/a.ts', 'root/src/a.ts');
      await leadsTo('/app/src/deep/a.ts?v=1', 'root/src/deep/a.ts');
      await leadsTo('C:\\app\\src\\a.ts', 'root/src/a.ts');
      await leadsTo('\\\\server\\share\\src\\a.ts', 'root/src/a.ts');
      await leadsTo('file:///srv/app/server.js', 'root/server.js');
    });

    it('none by its mere name, unless the text is the same', async () => {
      await write('root/tools/build.js');
      await leadsTo('/app/scripts/build.js', undefined);
      await leadsTo('/app/scripts/build.js', 'root/tools/build.js', 'root/tools/build.js');
    });

    it('which of several by the text, and none without', async () => {
      await write('root/web/lib/b.ts', 'root/api/lib/b.ts');
      await leadsTo('/app/lib/b.ts', 'root/api/lib/b.ts', 'root/api/lib/b.ts');
      await leadsTo('/app/lib/b.ts', undefined, 'neither');
      const { tried } = await map('/app/lib/b.ts');
      assert.match(tried.at(-1) ?? '', /: (web|api)\/lib\/b.ts and (web|api)\/lib\/b.ts fit alike/);
      await leadsTo('/app/web/lib/b.ts', 'root/web/lib/b.ts');
    });

    it('packages only among packages', async () => {
      await write('root/node_modules/pg/lib/pool.js', 'root/web/node_modules/ws/index.js');
      await write('root/pg/lib/pool.js');
      await leadsTo('/app/node_modules/pg/lib/pool.js', 'root/node_modules/pg/lib/pool.js');
      await leadsTo('/app/node_modules/ws/index.js', 'root/web/node_modules/ws/index.js');
      await leadsTo('/app/node_modules/gone/index.js', undefined);
    });

    it("bundlers' names from the root, or by their end", async () => {
      for (const url of [
        ...['webpack://shop/./src/a.ts', 'webpack:///src/a.ts', 'webpack:///../../src/a.ts?4f2c'],
        ...['webpack-internal:///(rsc)/./src/a.ts', 'turbopack:///[project]/src/a.ts'],
        ...['turbopack://[project]/src/a.ts', 'vite://shop/src/a.ts'],
      ]) {
        await leadsTo(url, 'root/src/a.ts');
      }
      await write('root/packages/web/src/b.ts');
      await leadsTo('webpack://web/./src/b.ts', 'root/packages/web/src/b.ts');
    });

    it("another file than a bundler's name says if that one has the text", async () => {
      await write('root/packages/web/src/a.ts');
      await leadsTo(
        'webpack://web/./src/a.ts',
        'root/packages/web/src/a.ts',
        'root/packages/web/src/a.ts',
      );
      await leadsTo('webpack://web/./src/a.ts', 'root/src/a.ts', 'edited since');
    });

    it('nothing for what was loaded from the web, or names no place', async () => {
      await leadsTo('https://shop.example/src/a.ts', undefined);
      await leadsTo('evalmachine.<anonymous>', undefined);
      await leadsTo('src/a.ts', undefined);
    });
  });

  describe('goes by rules', () => {
    it('of the person first, also out of the root', async () => {
      const pairs = [
        { remoteRoot: '/srv', localRoot: at('nowhere') },
        { remoteRoot: '/app', localRoot: at('outside') },
      ];
      await leadsTo('/app/src/a.ts', 'outside/src/a.ts', undefined, { pairs });
      await leadsTo('/app/src/gone.ts', undefined, undefined, { pairs });
    });

    it('to a file that a pair names itself', async () => {
      const pairs = [{ remoteRoot: '/app/x.ts', localRoot: at('outside/src/a.ts') }];
      await leadsTo('/app/x.ts', 'outside/src/a.ts', undefined, { pairs });
    });

    it('of a launch configuration, in the root', async () => {
      const launch = {
        name: 'Staging',
        pair: { remoteRoot: '/app', localRoot: at('root/src') },
        overrides: { 'build://?:*/*': at('root/src/*'), 'out://*': at('outside/*') },
      };
      await leadsTo('/app/deep/a.ts', 'root/src/deep/a.ts', undefined, { pairs: [], launch });
      await leadsTo('build://x/deep/a.ts', 'root/src/deep/a.ts', undefined, { pairs: [], launch });
      await leadsTo('out://x/src/gone.ts', undefined, undefined, { pairs: [], launch });
      const outside = { name: 'Out', pair: { remoteRoot: '/app', localRoot: at('outside') } };
      await write('outside/only.ts');
      await leadsTo('/app/only.ts', undefined, undefined, { pairs: [], launch: outside });
      await leadsTo('/app/only.ts', 'outside/only.ts', 'outside/only.ts', {
        pairs: [],
        launch: outside,
      });
    });

    it('and says of each what came of it', async () => {
      const { tried } = await map('/app/lib/gone.ts', undefined, {
        pairs: [{ remoteRoot: '/srv', localRoot: '/shop' }],
        launch: {
          name: 'Staging',
          pair: { remoteRoot: '/app', localRoot: at('root') },
          overrides: {},
        },
      });
      assert.deepEqual(tried, [
        '/srv is /shop: does not apply.',
        `remoteRoot and localRoot of “Staging”: ${at('root/lib/gone.ts')} does not exist.`,
        'sourceMapPathOverrides of “Staging”: does not apply.',
        'As it is: /app/lib/gone.ts does not exist.',
        'By the end of its path: no file of the name.',
      ]);
    });
  });

  describe('reads nothing', () => {
    it('through a link that leads out of the root', async () => {
      await write('outside/secret.ts');
      await symlink(at('outside/secret.ts'), at('root/secret.ts'));
      await symlink(at('outside'), at('root/linked'));
      await leadsTo('/app/secret.ts', undefined);
      await leadsTo(at('root/secret.ts'), undefined);
      await leadsTo('webpack://shop/linked/secret.ts', undefined);
    });

    it('on the share of another machine', () => {
      const mapper = new PathMapper('/', {
        pairs: [{ remoteRoot: '/app', localRoot: '//server/share' }],
      });
      assert(!mapper.mayRead('//server/share/a.ts'));
      assert(!mapper.mayRead('\\\\server\\share\\a.ts'));
    });
  });
});
