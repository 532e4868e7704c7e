import assert from 'node:assert/strict';
import esbuild from 'esbuild';
import ts from 'typescript';
import { position0 } from '../../../src/base/position';
import type { Anchor } from '../../../src/leaks/leakAnalysis';
import type { SiteRole } from '../../../src/leaks/leakReport';
import { RetentionSites } from '../../../src/source/retentionSite';
import { loadSourceMap, sourceMapUrlOf } from '../../../src/source/sourceMap';
import { parseSyntaxTree } from '../../../src/source/syntaxTree';

type Compiler = (source: string) => string;

const tsc =
  (options: ts.CompilerOptions): Compiler =>
  (source) =>
    ts.transpileModule(source, {
      fileName: 'a.ts',
      compilerOptions: { inlineSourceMap: true, module: ts.ModuleKind.CommonJS, ...options },
    }).outputText;

const withEsbuild =
  (options: esbuild.TransformOptions): Compiler =>
  (source) =>
    esbuild.transformSync(source, {
      ...{ loader: 'ts', sourcefile: 'a.ts', sourcemap: 'inline', format: 'cjs', ...options },
    }).code;

const COMPILERS: Record<string, Compiler> = {
  'tsc ES2022': tsc({ target: ts.ScriptTarget.ES2022 }),
  'tsc ES2022 with assigned fields': tsc({
    target: ts.ScriptTarget.ES2022,
    useDefineForClassFields: false,
  }),
  'tsc ES2020': tsc({ target: ts.ScriptTarget.ES2020 }),
  'tsc ES2015': tsc({ target: ts.ScriptTarget.ES2015 }),
  'tsc with decorators': tsc({ target: ts.ScriptTarget.ES2022, experimentalDecorators: true }),
  esbuild: withEsbuild({ target: 'es2022' }),
  'esbuild es2020': withEsbuild({ target: 'es2020' }),
  'esbuild minified': withEsbuild({ target: 'es2022', minifySyntax: true, minifyWhitespace: true }),
};

/** The first line that is found, if need be of one role, as it stands in the source. */
async function firstLine(
  compile: Compiler,
  source: string,
  name: RegExp,
  within: string,
  role?: SiteRole,
) {
  const code = compile(source);
  const held = name.exec(code)?.[0];
  assert(held !== undefined, code);
  const before = code.slice(0, code.indexOf(within)).split('\n');
  assert(code.includes(within), code);
  const at = { scriptId: 1, position: position0(before.length - 1, before.at(-1)!.length) };
  const anchor: Anchor = /^_\w/.test(held)
    ? { kind: 'variable', name: held, within: at }
    : { kind: 'property', name: held, near: at };
  const tree = parseSyntaxTree(code, 'a.js');
  assert(tree);
  const found = new RetentionSites(tree).find(anchor, { className: 'Object', keys: [] });
  const first = found.find((site) => role === undefined || site.role === role);
  assert(first);
  const map = await loadSourceMap(sourceMapUrlOf(code)!, '/a.js', () => false);
  return source.split('\n')[map!.originalOf(first.position)!.position.line].trim();
}

describe('the line in compiled code is right', () => {
  for (const [name, compile] of Object.entries(COMPILERS)) {
    describe(`of ${name}`, () => {
      it('for a private field', async () => {
        const source = `interface Mail { to: string }
export class Outbox {
  #queue: Mail[] = [];
  send(mail: Mail): void {
    this.#queue.push(mail);
  }
}
`;
        const line = await firstLine(compile, source, /#queue|_\w*queue/, 'send(');
        assert.equal(line, 'this.#queue.push(mail);');
      });

      it('for the declaration of a private field', async () => {
        const source = `import { post } from './post';
export class Outbox {
  static #copies = new Set<string>();
  readonly #queue: string[] = [];
  send(mail: string): void {
    this.#queue.push(mail);
    Outbox.#copies.add(mail);
    post(mail);
  }
}
`;
        const [queue, copies] = [/#queue|_\w*queue/, /#copies|_copies/];
        assert.equal(
          await firstLine(compile, source, queue, 'send(', 'retention'),
          'readonly #queue: string[] = [];',
        );
        // tsc makes no WeakMap of a static field, but an object with the value.
        if (name.startsWith('tsc') && !name.includes('ES2022')) return;
        assert.equal(
          await firstLine(compile, source, copies, 'send(', 'retention'),
          'static #copies = new Set<string>();',
        );
      });

      it('for a class field and a parameter property', async () => {
        const source = `export class Store<T> {
  private readonly items: T[] = [];
  constructor(private readonly other: T[]) {}
  add(item: T): void {
    this.items.push(item!);
    this.other.push(item as T);
  }
}
`;
        assert.equal(await firstLine(compile, source, /items/, 'add('), 'this.items.push(item!);');
        const other = await firstLine(compile, source, /other/, 'add(');
        assert.equal(other, 'this.other.push(item as T);');
      });

      it('for a static field and a static block', async () => {
        const source = `export class Registry {
  static readonly known = new Map<string, object>();
  static { Registry.known.set('first', {}); }
  static enter(name: string): void {
    Registry.known.set(name, {});
  }
}
`;
        const line = await firstLine(compile, source, /known/, 'enter(');
        assert.equal(line, 'Registry.known.set(name, {});');
      });

      it('for a namespace', async () => {
        const source = `export namespace Shop {
  export const carts: object[] = [];
  export function open(id: string): void {
    carts.push({ id });
  }
}
`;
        const line = await firstLine(compile, source, /carts/, 'open(');
        assert.equal(line, 'carts.push({ id });');
      });
    });
  }

  it('with a source root and in sections', async () => {
    const code = 'a();\nb();\n';
    const section = { version: 3, sources: ['a.ts'], names: [], mappings: 'AAEA' };
    const index = {
      version: 3,
      sections: [
        { offset: { line: 0, column: 0 }, map: { ...section, sourceRoot: '/project/src' } },
        { offset: { line: 1, column: 0 }, map: { ...section, sources: ['/project/b.ts'] } },
      ],
    };
    const url = `data:application/json,${encodeURIComponent(JSON.stringify(index))}`;
    const map = await loadSourceMap(url, '/project/dist/a.js', () => false);
    const sources = code
      .trim()
      .split('\n')
      .map((_, line) => map?.originalOf(position0(line, 0))?.source);
    assert.deepEqual(sources, ['file:///project/src/a.ts', 'file:///project/b.ts']);
  });
});
