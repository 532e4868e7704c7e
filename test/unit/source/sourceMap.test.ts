import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { position0 } from '../../../src/base/position';
import { loadSourceMap, sourceMapUrlOf } from '../../../src/source/sourceMap';

let folder: string;
let script: string;

const anyFile: (file: string) => boolean = () => true;

/** Generated 1:0 is source 3:4 and generated 1:10 is source 5:0, all 0-based. */
const map = {
  version: 3,
  sources: ['../src/a.ts'],
  sourcesContent: ['the original text'],
  names: [],
  mappings: ';AAGI,UAEJ',
};

const source = (...names: string[]) => pathToFileURL(path.join(folder, ...names)).href;
const base64 = (json: object, type = 'application/json') =>
  `data:${type};base64,${Buffer.from(JSON.stringify(json)).toString('base64')}`;

describe('sourceMapUrlOf', () => {
  it('takes the last of the comments', () => {
    const text = 'a();\n//# sourceMappingURL=one.map\nb();\n//@ sourceMappingURL=two.map \n\n';
    assert.equal(sourceMapUrlOf(text), 'two.map');
  });

  it('reads comments that end with the text or with a carriage return', () => {
    assert.equal(sourceMapUrlOf('a();\n//# sourceMappingURL=a.js.map'), 'a.js.map');
    assert.equal(sourceMapUrlOf('a();\r\n//# sourceMappingURL=a.js.map\r\n'), 'a.js.map');
  });

  it('is not taken in by code that writes such comments', () => {
    assert.equal(sourceMapUrlOf('write("//# sourceMappingURL=" + url);\n'), undefined);
    assert.equal(sourceMapUrlOf('a();\n'), undefined);
    const later = '//# sourceMappingURL=a.map\nwrite("//# sourceMappingURL=" + url);\n';
    assert.equal(sourceMapUrlOf(later), 'a.map');
  });

  // Looked at from each of its beginnings anew, this takes longer than any test may.
  it('looks once at text that is made of nothing else', () => {
    assert.equal(sourceMapUrlOf(`${'//#sourceMappingURL='.repeat(200_000)} x\n`), undefined);
    assert.equal(sourceMapUrlOf('//#sourceMappingURL= x\n'.repeat(200_000)), undefined);
  });
});

describe('loadSourceMap', () => {
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leakline-map-'));
    script = path.join(folder, 'dist', 'a.js');
    await mkdir(path.dirname(script));
  });
  after(() => rm(folder, { recursive: true }));

  const load = (url: string, mayRead = anyFile) => loadSourceMap(url, script, mayRead);

  async function originalIn(json: object, line = 1, column = 0) {
    return (await load(base64(json)))?.originalOf(position0(line, column));
  }

  async function loadFile(name: string, content: string, mayRead = anyFile) {
    await writeFile(path.join(folder, 'dist', name), content);
    return load(name, mayRead);
  }

  it('reads maps that stand in the script itself', async () => {
    const json = JSON.stringify(map);
    for (const url of [
      base64(map),
      base64(map, 'application/json;charset=utf-8'),
      `data:application/json,${encodeURIComponent(json)}`,
      `data:application/json;charset=utf-8,${encodeURIComponent(json)}`,
    ]) {
      const found = (await load(url))?.originalOf(position0(1, 0));
      assert.deepEqual(found, { source: source('src', 'a.ts'), position: position0(3, 4) }, url);
    }
  });

  it('reads maps beside the script, by a name, an escaped name and a file URL', async () => {
    const expected = { source: source('src', 'a.ts'), position: position0(5, 0) };
    const beside = await loadFile('a map.json', JSON.stringify(map));
    assert.deepEqual(beside?.originalOf(position0(1, 12)), expected);
    for (const url of ['a%20map.json', source('dist', 'a map.json')]) {
      assert.deepEqual((await load(url))?.originalOf(position0(1, 12)), expected, url);
    }
  });

  it('takes sources from where the map is, not from where the script is', async () => {
    await mkdir(path.join(folder, 'maps', 'deep'), { recursive: true });
    await writeFile(path.join(folder, 'maps', 'deep', 'a.map'), JSON.stringify(map));
    const found = (await load('../maps/deep/a.map'))?.originalOf(position0(1, 0));
    assert.equal(found?.source, source('maps', 'src', 'a.ts'));
  });

  it('heeds the sourceRoot', async () => {
    const relative = { ...map, sourceRoot: '../lib', sources: ['a.ts'] };
    assert.equal((await originalIn(relative))?.source, source('lib', 'a.ts'));
    const bundled = { ...map, sourceRoot: 'webpack://shop/', sources: ['src/a.ts'] };
    assert.equal((await originalIn(bundled))?.source, 'webpack://shop/src/a.ts');
  });

  it("leaves a bundler's names what they are", async () => {
    const bundled = { ...map, sources: ['webpack://shop/./src/a.ts'] };
    assert.equal((await originalIn(bundled))?.source, 'webpack://shop/src/a.ts');
  });

  it('reads maps made of sections', async () => {
    const second = { ...map, sources: ['../src/b.ts'] };
    const sections = [
      { offset: { line: 0, column: 0 }, map },
      { offset: { line: 10, column: 0 }, map: second },
    ];
    const index = { version: 3, sections };
    assert.equal((await originalIn(index, 1))?.source, source('src', 'a.ts'));
    assert.deepEqual(await originalIn(index, 11), {
      source: source('src', 'b.ts'),
      position: position0(3, 4),
    });
  });

  it('takes the next place of the line where a statement is mapped from its second token', async () => {
    const late = { ...map, mappings: 'IAAA' };
    assert.deepEqual((await originalIn(late, 0, 0))?.position, position0(0, 0));
  });

  it('knows no source for lines that the map says nothing of', async () => {
    assert.equal(await originalIn(map, 0), undefined);
    assert.equal(await originalIn(map, 7), undefined);
  });

  it('has the text of sources that it carries', async () => {
    const loaded = await load(base64(map));
    assert.equal(loaded?.contentOf(source('src', 'a.ts')), 'the original text');
    assert.equal(loaded?.contentOf(source('src', 'b.ts')), undefined);
    const without = await load(base64({ ...map, sourcesContent: [null] }));
    assert.equal(without?.contentOf(source('src', 'a.ts')), undefined);
  });

  it('does without a map that is missing, broken or elsewhere', async () => {
    assert.equal(await load('missing.map'), undefined);
    assert.equal(await load('.'), undefined, 'a folder');
    assert.equal(await loadFile('broken.map', '{"version":3,'), undefined);
    assert.equal(await loadFile('other.map', '["no map"]'), undefined);
    assert.equal(await loadFile('empty.map', ''), undefined);
    assert.equal(await load('https://shop.example/a.js.map'), undefined);
    assert.equal(await load('data:application/json;base64,e30'), undefined);
    assert.equal(await load('data:text/plain,{}'), undefined);
    assert.equal(await load('%E0%A4%A'), undefined);
  });

  it('asks before it reads, by absolute path', async () => {
    const asked: string[] = [];
    const refuse = (file: string) => asked.push(file) === 0;
    assert.equal(await loadFile('secret.map', JSON.stringify(map), refuse), undefined);
    assert.equal(await load('../../up.map', refuse), undefined);
    const up = path.join(path.dirname(folder), 'up.map');
    assert.deepEqual(asked, [path.join(folder, 'dist', 'secret.map'), up]);
  });

  it('does not read a map that is larger than any real one', async () => {
    const file = path.join(folder, 'dist', 'huge.map');
    await writeFile(file, JSON.stringify(map));
    const blanks = Buffer.alloc(16 * 1024 * 1024, ' ');
    for (let i = 0; i < 16; i++) await appendFile(file, blanks);
    assert.equal(await load('huge.map'), undefined);
    await rm(file);
  });

  it('does not wait for a pipe', async function () {
    if (process.platform === 'win32') this.skip();
    await promisify(execFile)('mkfifo', [path.join(folder, 'dist', 'pipe.map')]);
    assert.equal(await load('pipe.map'), undefined);
  });
});
