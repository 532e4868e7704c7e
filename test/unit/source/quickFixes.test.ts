import assert from 'node:assert/strict';
import ts from 'typescript';
import type { LeakShape } from '../../../src/leaks/leakReport';
import { quickFixes } from '../../../src/source/quickFixes';
import { applyEdits } from '../../support/applyEdits';

/** What the fixes offered on any line of a text make of it, by kind. */
function fixesOf(shape: LeakShape, source: string, fileName = 'a.js'): Record<string, string> {
  const lines = source.split('\n').map((_, index) => index + 1);
  const fixes = quickFixes({ source, fileName, shape, lines });
  return Object.fromEntries(fixes.map(({ kind, edits }) => [kind, applyEdits(source, edits)]));
}

/** Errors that TypeScript finds in a text when it checks types strictly. */
function typeErrors(text: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === 'a.ts' ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : read(name, ...rest);
  const program = ts.createProgram(['a.ts'], { ...options, types: ['node'] }, host);
  return ts
    .sortAndDeduplicateDiagnostics(program.getSemanticDiagnostics(program.getSourceFile('a.ts')))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('Quick fixes', function () {
  // The compiler reads the types of Node.js.
  this.timeout(180_000);

  describe('that limit a container', () => {
    const CACHE = `import fs from 'node:fs';

/** What was read. */
const texts = new Map();

export function read(file) {
  if (!texts.has(file)) {
    texts.set(file, fs.readFileSync(file));
  }
  return texts.get(file);
}
`;

    it('drop the oldest entry behind each line that adds', () => {
      assert.deepEqual(fixesOf('map', CACHE), {
        limitContainer: `import fs from 'node:fs';

const MAX_TEXTS = 1000;
/** What was read. */
const texts = new Map();

export function read(file) {
  if (!texts.has(file)) {
    texts.set(file, fs.readFileSync(file));
    if (texts.size > MAX_TEXTS) texts.delete(texts.keys().next().value);
  }
  return texts.get(file);
}
`,
      });
    });

    it('write as the file is written: tabs, no semicolons, line breaks of Windows', () => {
      const source = 'const log = []\r\nfunction add(x) {\r\n\tlog.push(x)\r\n}\r\n';
      assert.equal(
        fixesOf('array', source).limitContainer,
        'const MAX_LOG = 1000\r\nconst log = []\r\nfunction add(x) {\r\n\tlog.push(x)\r\n' +
          '\tif (log.length > MAX_LOG) log.shift()\r\n}\r\n',
      );
    });

    it('take a name that is free', () => {
      const fixed = fixesOf('map', CACHE.replace('node:fs', 'x') + 'let MAX_TEXTS;\n');
      assert.match(fixed.limitContainer, /const MAX_TEXTS2 = 1000;[^]*size > MAX_TEXTS2/);
    });

    for (const [why, source] of [
      ['is exported', 'export const m = new Map(); export function f(x) {\n m.set(x, x);\n}'],
      ['is handed on', 'const m = new Map(); g(m); function f(x) {\n m.set(x, x);\n}'],
      ['starts with entries', 'const m = new Map([[1, 2]]); function f(x) {\n m.set(x, x);\n}'],
      ['may be another one later', 'let m = new Map(); function f(x) {\n m.set(x, x);\n}'],
      ['is filled as the module loads', 'const m = new Map();\nm.set(1, 2);'],
      ['has a limit', 'const m = new Map(); function f(x) {\n if (m.size < 9) m.set(x, x);\n}'],
      [
        'loses entries in another way',
        'const m = new Map(); function f(x) {\n m.set(x, x);\n}\nfunction g(x) { m.delete(x); }',
      ],
      ['is used in an expression', 'const m = new Map(); function f(x) {\n return m.set(x, x);\n}'],
      [
        'is of the file itself',
        'class Map {}\nconst m = new Map(); function f(x) {\n m.set(x, x);\n}',
      ],
      ['can be seen by others', 'class A { m = new Map(); f(x) {\n this.m.set(x, x);\n} }'],
    ]) {
      it(`are not offered for a Map that ${why}`, () =>
        assert.deepEqual(fixesOf('map', source), {}));
    }

    for (const [why, use] of [
      ['has places that are counted on', 'export const at = (i) => list[i];'],
      ['has entries that are called', 'export const all = () => list.forEach((f) => f());'],
      [
        'has entries that are told',
        'export const all = () => { for (const o of list) o.update(); };',
      ],
    ]) {
      it(`are not offered for an array that ${why}`, () => {
        const source = `const list = [];\nexport function add(x) {\n  list.push(x);\n}\n${use}\n`;
        assert.deepEqual(fixesOf('array', source), {});
      });
    }
  });

  describe('that limit a public field', () => {
    const fieldOf = (members: string, rest: string, head = 'class Texts') =>
      `${head} {
  read = new Map();
  keep(name, text) {
    this.read.set(name, text);
  }
  ${members}
}
${rest}
`;
    const KEPT = 'const texts = new Texts();\nexport const get = (name) => texts.read.get(name);';

    it('are offered where its objects stay in the module', () => {
      const { limitContainer: fixed = '' } = fixesOf('map', fieldOf('', KEPT));
      assert.match(fixed, /^const MAX_READ = 1000;\n\nclass Texts/);
      assert.match(
        fixed,
        /text\);\n {4}if \(this\.read\.size > MAX_READ\) this\.read\.delete\(this\.read\.keys/,
      );
    });

    for (const [why, source] of [
      ['are made by others', fieldOf('', KEPT, 'export class Texts')],
      ['may be of another class', fieldOf('', KEPT, 'class Texts extends Base')],
      ['are made in many places', fieldOf('', 'export const make = () => new Texts();')],
      ['are made by nobody', fieldOf('', '')],
      ['are exported', fieldOf('', 'export const texts = new Texts();')],
      ['are exported later', fieldOf('', `${KEPT}\nexport { texts };`)],
      ['are handed out', fieldOf('', `${KEPT}\nmodule.exports = { texts };`)],
      ['hand themselves out', fieldOf('self() { return this; }', KEPT)],
      ['are asked for a name that is not known', fieldOf('of(name) { return this[name]; }', KEPT)],
      ['are taken apart', fieldOf('', `${KEPT}\nexport const { read } = texts;`)],
      ['come with their class', fieldOf('', `${KEPT}\nexport { Texts };`)],
      ['hand the field out', fieldOf('', `${KEPT}\nexport const all = () => texts.read;`)],
    ]) {
      it(`are not offered where its objects ${why}`, () =>
        assert.deepEqual(fixesOf('map', source), {}));
    }
  });

  describe('that make a container weak', () => {
    const TYPED = `class Visitor {}
const visits: Map<Visitor, string[]> = new Map<Visitor, string[]>();
export function visit(visitor: Visitor) {
  visits.set(visitor, []);
}
`;
    it('change the type as well', () => {
      const fixed = fixesOf('map', TYPED, 'a.ts').weakContainer;
      assert.ok(fixed.includes('WeakMap<Visitor, string[]> = new WeakMap<Visitor, string[]>()'));
      assert.deepEqual(typeErrors(fixed), []);
    });

    for (const [why, source] of [
      ['keys may be strings', 'const m = new Map();\nfunction f(x) { m.set(x, 1); }'],
      [
        'the entries are counted',
        'const m = new Map();\nfunction f() { m.set({}, 1); return m.size; }',
      ],
      [
        'the entries are listed',
        'const m = new Map();\nfunction f() { m.set({}, 1); return [...m]; }',
      ],
    ]) {
      it(`are not offered where ${why}`, () => {
        assert.equal(fixesOf('map', source).weakContainer, undefined);
      });
    }

    it('are not offered for a type that comes from elsewhere', () => {
      const imported = TYPED.replace(
        'class Visitor {}',
        "import type { Visitor } from './visitor';",
      );
      assert.equal(fixesOf('map', imported, 'a.ts').weakContainer, undefined);
    });
  });

  describe('that listen once', () => {
    const inPromise = (code: string) =>
      `export const f = (bus, signal) => new Promise((resolve, reject) => {\n  ${code}\n});\n`;
    for (const [code, fixed] of [
      ["bus.on('end', resolve);", "bus.once('end', resolve);"],
      ["bus.addListener('end', () => resolve());", "bus.once('end', () => resolve());"],
      ["bus.prependListener('end', reject);", "bus.prependOnceListener('end', reject);"],
      [
        "bus.addEventListener('x', resolve);",
        "bus.addEventListener('x', resolve, { once: true });",
      ],
      [
        "bus.addEventListener('x', resolve, { signal });",
        "bus.addEventListener('x', resolve, { once: true, signal });",
      ],
    ]) {
      it(`make ${code} into ${fixed}`, () => {
        assert.deepEqual(fixesOf('listener', inPromise(code)), { listenOnce: inPromise(fixed) });
      });
    }

    for (const [why, code] of [
      ['does something else as well', "bus.on('end', (x) => { log(x); resolve(x); });"],
      ['does something to know its answer', "bus.on('end', () => resolve(next()));"],
      ['takes options that are not seen', "bus.addEventListener('end', resolve, options);"],
      ['listens once already', "bus.addEventListener('end', resolve, { once: true });"],
    ]) {
      it(`are not offered for a listener that ${why}`, () => {
        assert.deepEqual(fixesOf('listener', inPromise(code)), {});
      });
    }

    it('are not offered for what only is called resolve', () => {
      assert.deepEqual(
        fixesOf('listener', "export const f = (bus, resolve) => bus.on('x', resolve);"),
        {},
      );
    });
  });

  describe('that clear a timer', () => {
    const inClass = (start: string, more = '') =>
      `class Poller {\n  constructor() {\n    ${start}\n  }\n\n  close() {}\n${more}}\n`;

    it('keep its id in a field and use the method that ends the object', () => {
      assert.deepEqual(fixesOf('timer', inClass('setTimeout(poll, 9e9).unref();')), {
        clearTimer: `class Poller {
  #timer;

  constructor() {
    this.#timer = setTimeout(poll, 9e9).unref();
  }

  close() {
    clearTimeout(this.#timer);
  }
}
`,
      });
    });

    it('use an id that is kept', () => {
      const fixed = fixesOf('timer', inClass('this.id = setInterval(poll, 10);')).clearTimer;
      assert.ok(fixed.includes('  close() {\n    clearInterval(this.id);\n  }'), fixed);
    });

    it('type what they declare', () => {
      const source = `function poll() {}\nexport ${inClass('setInterval(poll, 10);')}`;
      assert.deepEqual(typeErrors(fixesOf('timer', source, 'a.ts').clearTimer), []);
    });

    for (const [why, source] of [
      [
        'is cleared',
        inClass('this.id = setInterval(poll, 10);', '  stop2() { clearInterval(this.id); }\n'),
      ],
      ['has two ways to end', inClass('setInterval(poll, 10);', '  destroy() {}\n')],
      ['has no end that is written down', 'export function f() {\n  setInterval(poll, 10);\n}'],
      ['is started by a method', 'class A { start() {\n setInterval(poll, 10);\n } close() {} }'],
      ['is of another kind', `function setInterval() {}\n${inClass('setInterval(poll, 10);')}`],
    ]) {
      it(`are not offered for one that ${why}`, () =>
        assert.deepEqual(fixesOf('timer', source), {}));
    }
  });

  describe('that remove a listener', () => {
    const inFunction = (listen: string) =>
      `export async function f(bus, job) {\n  ${listen}\n  try {\n    await job();\n  } finally {\n    done();\n  }\n}\n`;

    it('give it a name, and use the finally block', () => {
      assert.deepEqual(fixesOf('listener', inFunction("bus.on('rate-change', () => log());")), {
        removeListener: `export async function f(bus, job) {
  const onRateChange = () => log();
  bus.on('rate-change', onRateChange);
  try {
    await job();
  } finally {
    bus.off('rate-change', onRateChange);
    done();
  }
}
`,
      });
    });

    it('use the name that it has', () => {
      const fixed = fixesOf(
        'listener',
        inFunction("bus.addEventListener('x', log);"),
      ).removeListener;
      assert.ok(fixed.includes("finally {\n    bus.removeEventListener('x', log);"), fixed);
    });

    it('type what they declare', () => {
      const source = `import { EventEmitter } from 'node:events';
const bus = new EventEmitter();
export class View {
  constructor() {
    bus.on('change', () => this.show());
  }
  show() {}
  dispose() {}
}
`;
      const fixed = fixesOf('listener', source, 'a.ts').removeListener;
      assert.ok(fixed.includes("bus.off('change', this.onChange);"));
      assert.deepEqual(typeErrors(fixed), []);
    });

    for (const [why, source] of [
      [
        'the emitter cannot be named',
        'class A { constructor(bus) {\n bus.on("x", log);\n } close() {} }',
      ],
      [
        'the emitter may be another',
        inFunction("bus.on('x', log);").replace('await', 'bus = 1; await'),
      ],
      ['the event is not sure', inFunction('bus.on(name, log);')],
      [
        'it may not listen at all',
        'class A { constructor(on) {\n if (on) { process.on("x", () => 1); }\n } close() {} }',
      ],
      [
        'listeners are removed',
        inFunction("bus.on('x', log);").replace('done()', "bus.off('x', g)"),
      ],
      ['the finally block is not of this work', `f();\n${"bus.on('x', log);"}\n`],
    ]) {
      it(`are not offered where ${why}`, () => assert.deepEqual(fixesOf('listener', source), {}));
    }
  });

  describe('that take an object out of where its constructor put it', () => {
    const withKey = (key: string, more = '') =>
      `const all = new Map();\nclass A {\n  constructor(id) {\n    this.id = id;\n    all.set(${key}, this);\n  }\n  close() {}\n${more}}\n`;

    it('use the same key', () => {
      const { leaveRegistry } = fixesOf('map', withKey('this.id'));
      assert.ok(
        leaveRegistry.includes('  close() {\n    all.delete(this.id);\n  }'),
        leaveRegistry,
      );
    });

    for (const [why, source] of [
      ['may be another key by then', withKey('this.id', '  rename(id) { this.id = id; }\n')],
      ['is not kept', withKey('id')],
      ['is deleted elsewhere', `${withKey('this.id')}function f(id) { all.delete(id); }\n`],
    ]) {
      it(`are not offered for a key that ${why}`, () => {
        assert.equal(fixesOf('map', source).leaveRegistry, undefined);
      });
    }
  });

  describe('are never offered', () => {
    const LEAK = 'const m = [];\nexport function f(x) {\n  m.push(x);\n}\n';
    it('but are for the same text without these', () => {
      assert.deepEqual(Object.keys(fixesOf('array', LEAK)), ['limitContainer']);
    });

    for (const [what, source] of [
      ['compiled code', `${LEAK}//# sourceMappingURL=a.js.map\n`],
      ['code that says it is generated', `// @generated\n${LEAK}`],
      ['minified code', `${LEAK}const s = ${JSON.stringify('x'.repeat(2000))};\n`],
      ['code with an error in it', `${LEAK}const x = ;\n`],
      ['code with a name that is declared twice', `${LEAK}const m = 2;\n`],
    ]) {
      it(`for ${what}`, () => assert.deepEqual(fixesOf('array', source), {}));
    }
  });
});
