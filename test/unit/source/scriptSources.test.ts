import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { position0 } from '../../../src/base/position';
import type { ScriptInfo } from '../../../src/leaks/leakAnalysis';
import type { PathRules } from '../../../src/source/pathMapper';
import { ScriptSources, type LiveSource } from '../../../src/source/scriptSources';

const CODE = 'const kept = new Map();\n';
const OTHER = '// changed since\nconst kept = new Map();\n';

let folder: string;

const at = (...names: string[]) => path.join(folder, ...names);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function write(name: string, text: string): Promise<string> {
  await mkdir(path.dirname(at(name)), { recursive: true });
  await writeFile(at(name), text);
  return at(name);
}

/** A script that ran as `ran` and is said to come from `file`. */
function script(file: string, ran = CODE, more: Partial<ScriptInfo> = {}): ScriptInfo {
  return { scriptId: 7, url: pathToFileURL(file).href, hash: sha256(ran), ...more };
}

function sources(live?: LiveSource, rules?: PathRules): ScriptSources {
  return new ScriptSources(at('root'), live, rules);
}

/** A map that says that every line begins where line 4 of `source` does. */
function mapTo(source: string, content?: string): string {
  const map = { version: 3, names: [], sources: [source], mappings: 'AAGA;AAAA;AAAA' };
  return JSON.stringify(content === undefined ? map : { ...map, sourcesContent: [content] });
}

const inline = (map: string) =>
  `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`;

describe('ScriptSources', () => {
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'leakline-sources-')));
    await mkdir(at('root'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  describe('takes the text of a script', () => {
    it('from its file in the root', async () => {
      const file = await write('root/a.js', CODE);
      const loaded = await sources().load(script(file));
      assert.equal(loaded.text, CODE);
      assert.equal(loaded.file, file);
      assert.equal(loaded.changedOnDisk, false);
    });

    it('from its file in the root where there is no hash to check', async () => {
      const { url } = script(await write('root/a.js', CODE));
      assert.equal((await sources().load({ scriptId: 7, url })).text, CODE);
    });

    it('from a file outside of the root only if its hash proves it', async () => {
      const file = await write('elsewhere/a.js', CODE);
      assert.equal((await sources().load(script(file))).text, CODE);
      assert.equal((await sources().load(script(file, OTHER))).text, undefined);
      const { url } = script(file);
      assert.equal((await sources().load({ scriptId: 7, url })).text, undefined);
    });

    it('not through a link that leads out of the root', async () => {
      await symlink(await write('elsewhere/secret', CODE), at('root', 'a.js'));
      const { url } = script(at('root', 'a.js'));
      assert.equal((await sources().load({ scriptId: 7, url })).text, undefined);
    });

    it('from the process rather than from the disk', async () => {
      const file = await write('root/a.js', OTHER);
      const loaded = await sources(() => Promise.resolve(CODE)).load(script(file));
      assert.equal(loaded.text, CODE);
      assert.equal(loaded.changedOnDisk, true);
    });

    it('from the disk where the process is gone or has nothing', async () => {
      const file = await write('root/a.js', CODE);
      for (const live of [() => Promise.resolve(''), () => Promise.reject(new Error('closed'))]) {
        assert.equal((await sources(live).load(script(file))).text, CODE);
      }
    });

    it('once', async () => {
      const asked: number[] = [];
      const store = sources((id) => Promise.resolve(`${asked.push(id)}`));
      const info = script(at('root', 'a.js'));
      assert.equal(await store.load(info), await store.load(info));
      assert.deepEqual(asked, [7]);
    });

    it('from TypeScript whose types Node.js has blanked out', async () => {
      const file = await write('root/a.ts', 'const kept: Map<number, string> = new Map();\n');
      const ran = 'const kept                      = new Map();\n\n//# sourceURL=…';
      const loaded = await sources().load(script(file, ran));
      assert.match(loaded.text ?? '', /Map<number/);
      assert.equal(loaded.changedOnDisk, false);
    });
  });

  describe('does not take for the code that ran', () => {
    it('a file that was changed since', async () => {
      const file = await write('root/a.js', OTHER);
      const { text, changedOnDisk } = await sources().load(script(file));
      assert.deepEqual([text, changedOnDisk], [undefined, true]);
    });

    it('a bundle with its map in it that was built again since', async () => {
      const old = CODE + inline(mapTo('a.ts'));
      const file = await write('root/a.js', OTHER + inline(mapTo('a.ts')));
      const info = script(file, old, { sourceMapUrl: 'data:application/json;base64,e30=' });
      const { text, changedOnDisk } = await sources().load(info);
      assert.deepEqual([text, changedOnDisk], [undefined, true]);
    });

    it('the source that a loader has compiled, which is no change', async () => {
      for (const name of ['root/a.ts', 'root/a.mjs']) {
        const file = await write(name, CODE);
        const sourceMapUrl = 'data:application/json;base64,e30=';
        const info = script(file, 'const kept=new Map', { sourceMapUrl });
        const { text, changedOnDisk } = await sources().load(info);
        assert.deepEqual([text, changedOnDisk], [undefined, false], name);
      }
    });

    it('a file that does not exist', async () => {
      const { text, changedOnDisk } = await sources().load(script(at('root', 'a.js')));
      assert.deepEqual([text, changedOnDisk], [undefined, false]);
    });
  });

  describe('places a position', () => {
    const start = position0(0, 0);
    const original = position0(3, 0);

    async function placeIn(info: ScriptInfo, live?: LiveSource) {
      const store = sources(live);
      return store.placeOf(await store.load(info), start);
    }

    it('in the script itself where there is no map', async () => {
      const file = await write('root/a.js', CODE);
      assert.deepEqual(await placeIn(script(file)), {
        file,
        position: start,
        text: CODE,
        edited: false,
      });
    });

    it('in the source by a map beside the script', async () => {
      const code = `${CODE}//# sourceMappingURL=a.js.map\n`;
      const source = await write('root/src/a.ts', 'the source');
      await write('root/dist/a.js.map', mapTo('../src/a.ts'));
      const info = script(await write('root/dist/a.js', code), code);
      const place = { file: source, position: original, text: 'the source', edited: false };
      assert.deepEqual(await placeIn(info), place);
    });

    it('in the source by the URL that the snapshot has, if the text has none', async () => {
      const source = await write('root/src/a.ts', 'the source');
      await write('root/dist/a.map', mapTo('../src/a.ts'));
      const file = await write('root/dist/a.js', CODE);
      const place = await placeIn(script(file, CODE, { sourceMapUrl: 'a.map' }));
      assert.equal(place?.file, source);
    });

    it('in the text that the map carries where the source is not on this machine', async () => {
      const code = CODE + inline(mapTo('webpack://shop/./src/a.ts', 'carried along'));
      const info = script(await write('root/dist/a.js', code), code);
      const file = at('root', 'src', 'a.ts');
      const { unmapped, ...place } = (await placeIn(info)) ?? {};
      assert.deepEqual(place, { file, position: original, text: 'carried along', edited: false });
      assert.equal(unmapped?.url, 'webpack://shop/src/a.ts');
    });

    it('in the script where the source is nowhere', async () => {
      const code = CODE + inline(mapTo('../src/gone.ts'));
      const file = await write('root/dist/a.js', code);
      assert.deepEqual(await placeIn(script(file, code)), {
        file,
        position: start,
        text: code,
        edited: false,
      });
    });

    it('nowhere in a file that a loader has compiled, if not by its map', async () => {
      const file = await write('elsewhere/a.ts', 'the source');
      const ran = CODE + inline(mapTo('a.ts'));
      assert.equal(await placeIn(script(file, ran), () => Promise.resolve(ran)), undefined);
    });

    it('nowhere if no text is to be had', async () => {
      assert.equal(await placeIn(script(at('root', 'missing.js'))), undefined);
      const windows = { scriptId: 7, url: 'file:///C:/shop/a.js', hash: sha256(CODE) };
      assert.equal(await placeIn(windows), undefined);
      assert.equal(await placeIn({ ...windows, url: 'C:\\shop\\a.js' }), undefined);
    });

    it('not in a file outside of the root that the map only names', async () => {
      const secret = await write('secret', 'password');
      for (const name of [secret, pathToFileURL(secret).href, '../../secret']) {
        const code = CODE + inline(mapTo(name));
        const file = await write('root/dist/a.js', code);
        assert.equal((await placeIn(script(file, code)))?.file, file, name);
      }
    });

    it('outside of the root in the package of a script that was proven', async () => {
      const code = CODE + inline(mapTo('../src/a.ts'));
      await write('library/package.json', '{}');
      const source = await write('library/src/a.ts', 'the source');
      const info = script(await write('library/dist/a.js', code), code);
      assert.equal((await placeIn(info))?.file, source);
      await write('library/dist/a.js', `${code}// changed`);
      const live = () => Promise.resolve(code);
      assert.equal((await placeIn(info, live))?.file, at('library', 'dist', 'a.js'));
    });

    it('outside of the root beside a script that was proven and has no package', async () => {
      const code = CODE + inline(mapTo('a.ts'));
      const source = await write('tools/a.ts', 'the source');
      assert.equal((await placeIn(script(await write('tools/a.js', code), code)))?.file, source);
      const above = CODE + inline(mapTo('../secret'));
      await write('secret', 'password');
      const file = await write('tools/a.js', above);
      assert.equal((await placeIn(script(file, above)))?.file, file);
    });
  });

  describe('of a process that has its files elsewhere', () => {
    const live = (code: string) => () => Promise.resolve(code);
    const remote = (url: string, ran: string) => ({ scriptId: 7, url, hash: sha256(ran) });

    async function placeIn(info: ScriptInfo, code: string, rules?: PathRules) {
      const store = sources(live(code), rules);
      return store.placeOf(await store.load(info), position0(0, 0));
    }

    it('finds the file and its map in the root', async () => {
      const code = `${CODE}//# sourceMappingURL=a.js.map\n`;
      const source = await write('root/src/a.ts', 'the source');
      await write('root/dist/a.js.map', mapTo('../src/a.ts'));
      await write('root/dist/a.js', code);
      const place = await placeIn(remote('file:///app/dist/a.js', code), code);
      assert.deepEqual([place?.file, place?.position.line], [source, 3]);
      assert.equal(place?.unmapped, undefined);
    });

    it('finds the source alone, by the map in a script that is not here, also from Windows', async () => {
      const code = CODE + inline(mapTo('../src/a.ts'));
      const source = await write('root/src/a.ts', 'the source');
      for (const url of [
        'file:///app/dist/a.js',
        'C:\\app\\dist\\a.js',
        'file:///C:/app/dist/a.js',
      ]) {
        assert.equal((await placeIn(remote(url, code), code))?.file, source, url);
      }
    });

    it('says that a file of the checkout is not what was deployed', async () => {
      const file = await write('root/src/a.js', OTHER);
      const loaded = await sources(live(CODE)).load(remote('file:///app/src/a.js', CODE));
      assert.deepEqual([loaded.file, loaded.changedOnDisk], [file, true]);
    });

    it('names a place that no file here is known to be, and what was tried', async () => {
      const url = 'file:///app/src/gone.js';
      const rules = { pairs: [{ remoteRoot: '/srv', localRoot: at('root') }] };
      const place = await placeIn(remote(url, CODE), CODE, rules);
      assert.deepEqual([place?.file, place?.text], ['/app/src/gone.js', CODE]);
      assert.equal(place?.unmapped?.url, url);
      assert.match(
        place?.unmapped?.tried.join(' ') ?? '',
        /\/srv is .*As it is: .*the end of its path/,
      );
    });

    it('goes by what the person said', async () => {
      const file = await write('elsewhere/a.js', OTHER);
      const rules = { pairs: [{ remoteRoot: '/app', localRoot: at('elsewhere') }] };
      const info = remote('file:///app/a.js', CODE);
      assert.equal((await placeIn(info, CODE, rules))?.file, file);
    });
  });
});
