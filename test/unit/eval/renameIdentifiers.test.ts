import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { renameIdentifiers } from '../../eval/renameIdentifiers';
import { inTemporaryFolder } from '../../support/temporaryFolder';

describe('renameIdentifiers', () => {
  /** What the files are after renaming, and what `program`, one of them, prints then. */
  function rename(files: Record<string, string>, seed = 1, program?: string) {
    return inTemporaryFolder(async (folder) => {
      for (const [name, text] of Object.entries(files)) {
        const file = path.join(folder, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, text);
      }
      renameIdentifiers(folder, seed);
      const renamed: Record<string, string> = {};
      for (const name of Object.keys(files)) {
        renamed[name] = await readFile(path.join(folder, name), 'utf8');
      }
      const output = program && execFileSync(process.execPath, [program], { cwd: folder });
      return { renamed, output: String(output) };
    });
  }

  function words(text: string): Set<string> {
    return new Set(text.match(/[\w$]+/g));
  }

  it('renames bindings, fields, private names and exports alike in all files', async () => {
    const files = {
      'shopBasket.mjs': `
        export const basketList = [];
        export class ShopBasket {
          #skuLines = new Map();
          grandTotal = 0;
          putTea(teaPrice, { teaCount } = { teaCount: 1 }) {
            this.#skuLines.set(teaPrice, { teaCount });
            this.grandTotal += teaPrice * teaCount;
            basketList.push(this);
          }
        }`,
      'program.mjs': `
        import { basketList, ShopBasket as Kept } from './shopBasket.mjs';
        import { setTimeout as delayFor } from 'node:timers/promises';
        const { length: nothingYet } = basketList;
        new Kept().putTea(5, { teaCount: 3 });
        await delayFor(1);
        console.log(nothingYet, basketList.length, basketList[0].grandTotal);`,
    };
    const { renamed, output } = await rename(files, 1, 'program.mjs');

    const left = words(Object.values(renamed).join('\n'));
    const own = 'basketList ShopBasket skuLines grandTotal putTea teaPrice teaCount Kept delayFor';
    for (const name of own.split(' ')) assert(!left.has(name), name);
    assert.equal(output, '0 1 15\n');
  });

  it('keeps each line where it is', async () => {
    const text = 'const teaPot = {\n  brewTea() {},\n};\n\nteaPot.brewTea();\n';
    const renamed = (await rename({ 'a.js': text })).renamed['a.js'];
    assert.notEqual(renamed, text);
    assert.deepEqual(renamed.replace(/\w+/g, 'x'), text.replace(/\w+/g, 'x'));
  });

  it('renames the names of types, and of their type parameters', async () => {
    const text =
      'interface TeaBox<Leaf extends object> {\n  leafSort: Leaf;\n}\nlet box: TeaBox<Date>;\n';
    const left = words((await rename({ 'a.ts': text })).renamed['a.ts']);
    for (const name of ['TeaBox', 'Leaf', 'leafSort', 'box']) assert(!left.has(name), name);
    for (const name of ['interface', 'object', 'Date']) assert(left.has(name), name);
  });

  it('leaves the names of JavaScript, Node.js and the packages that the program runs with', async () => {
    const files = {
      'package.json': '{}',
      'node_modules/.package-lock.json': '{ "packages": { "node_modules/kettle": {} } }',
      'node_modules/kettle/index.js': 'exports.boil = ({ maxDegrees }) => maxDegrees;',
      'a.js': `
        const { boil } = require('kettle');
        exports.result = new Agent({ keepAlive: true, maxDegrees: boil({ maxDegrees: 90 }) });
        exports.work = [3].flatMap((sheep) => sheep.valueOf());`,
    };
    const left = words((await rename(files)).renamed['a.js']);
    for (const name of [
      'require',
      'exports',
      'keepAlive',
      'flatMap',
      'maxDegrees',
      'work',
      'Agent',
    ])
      assert(left.has(name), name);
    assert(!left.has('sheep'));
  });

  it('leaves a property whose name is spelled out in a string, and renames the variable', async () => {
    const text = `const orderId = 7;\nsend({ orderId });\nread('orderId');\n`;
    const renamed = (await rename({ 'a.js': text })).renamed['a.js'];
    assert.match(renamed, /^const (\w+) = 7;\nsend\(\{ orderId: \1 \}\);\nread\('orderId'\);\n$/);
  });

  it('leaves what is read from the global object', async () => {
    const text = 'globalThis.requestLog = [];\nrequestLog.push(1);\n';
    assert.equal((await rename({ 'a.js': text })).renamed['a.js'], text);
  });

  it('leaves generated code and the configuration of tools, and the names in them', async () => {
    const files = {
      'out.js': 'exports.bundledName = 1;\n//# sourceMappingURL=out.js.map\n',
      'tool.config.cjs': 'module.exports = { entryFolder: 1 };\n',
      'a.js': 'exports.x = { bundledName: 1, entryFolder: 2, ownName: 3 };\n',
    };
    const { renamed } = await rename(files);
    assert.equal(renamed['out.js'], files['out.js']);
    assert.equal(renamed['tool.config.cjs'], files['tool.config.cjs']);
    assert.deepEqual(
      ['bundledName', 'entryFolder', 'ownName'].map((name) => words(renamed['a.js']).has(name)),
      [true, true, false],
    );
  });

  it('gives the same names for the same seed, and others for another', async () => {
    const files = { 'a.js': 'const teaPot = 1;\n' };
    const first = await rename(files, 1);
    assert.deepEqual(await rename(files, 1), first);
    assert.notDeepEqual(await rename(files, 2), first);
  });
});
