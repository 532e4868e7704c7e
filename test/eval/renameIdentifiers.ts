import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseSyntaxTree } from '../../src/source/syntaxTree';
import { SeededRandom } from '../support/heap/seededRandom';
import { addWords, filesBelow, packageNames, platformNames } from './foreignNames';
import { type IdentifierUse, namesInFile, type NamesInFile } from './identifierUses';

interface Source {
  readonly file: string;
  readonly text: string;
  readonly names: NamesInFile;
}

/**
 * Renames the identifiers in a case's own sources at random, the same name alike in all files. Every
 * line stays where it is, and the program does the same as before:
 * - A name is renamed as a binding if the case declares it as one somewhere, and no global has it.
 * - A name is renamed as a property if the case declares such a property (a key, a field, an export)
 *   and the name is nobody else's: it does not occur in the declarations of JavaScript and Node.js,
 *   in the packages that the case runs with, in its data files, nor inside one of its strings.
 * - Private names are always the case's own.
 * Code that was generated, known by its link to a source map, and configuration of tools stay as
 * they are, and so do the names in them.
 * @param folder the case, installed
 */
export function renameIdentifiers(folder: string, seed: number): void {
  const foreign = new Set([...driverNames, ...platformNames(), ...packageNames(folder)]);
  const sources: Source[] = [];
  for (const file of filesBelow(folder)) {
    const text = readFileSync(file, 'utf8');
    if (isOwnSource(file, text)) sources.push({ file, text, names: parseNames(file, text) });
    else if (!isAboutCase(file)) addWords(foreign, text);
  }
  const renaming = chooseNames(sources, foreign, new SeededRandom(seed));
  for (const { file, text, names } of sources) {
    writeFileSync(file, rewrite(text, names.uses, renaming));
  }
}

function isOwnSource(file: string, text: string): boolean {
  const isConfiguration = /\.config\.\w+$|\.swcrc$/.test(file);
  return /\.[cm]?[jt]sx?$/.test(file) && !isConfiguration && !text.includes('sourceMappingURL=');
}

function isAboutCase(file: string): boolean {
  return ['expected.json', 'package-lock.json'].includes(path.basename(file));
}

function parseNames(file: string, text: string): NamesInFile {
  const tree = parseSyntaxTree(text, file);
  if (!tree) throw new Error(`${path.basename(file)} cannot be parsed.`);
  return namesInFile(tree);
}

/** The new names, by the old ones. A name may be renamed as a binding and stay as a property. */
interface Renaming {
  readonly newNames: ReadonlyMap<string, string>;
  readonly bindings: ReadonlySet<string>;
  readonly properties: ReadonlySet<string>;
}

function chooseNames(
  sources: readonly Source[],
  foreign: ReadonlySet<string>,
  random: SeededRandom,
): Renaming {
  const uses = sources.flatMap(({ names }) => names.uses);
  const published = new Set(sources.flatMap(({ names }) => [...names.published]));
  const spelled = new Set<string>();
  for (const { names } of sources) for (const text of names.literals) addWords(spelled, text);

  const bindings = declaredAs(uses, 'binding').filter((name) => !globalNames.has(name));
  const bindingSet = new Set(bindings);
  const free = new Set(uses.filter(({ kind }) => kind === 'binding').map(({ name }) => name));
  const isOwn = (name: string) => !foreign.has(name) && !spelled.has(name);
  // A property of the global object is read like a binding that nobody declares.
  const isGlobal = (name: string) => free.has(name) && !bindingSet.has(name);
  const declared = [...declaredAs(uses, 'property'), ...published];
  const properties = new Set(declared.filter((name) => isOwn(name) && !isGlobal(name)));
  for (const name of published) {
    if (!properties.has(name)) bindingSet.delete(name);
    else if (!bindingSet.has(name)) properties.delete(name);
  }
  const taken = new Set([...foreign, ...spelled, ...uses.map(({ name }) => name)]);
  const newNames = new Map<string, string>();
  for (const { name } of uses) {
    if (!newNames.has(name)) newNames.set(name, inventName(random, taken));
  }
  return { newNames, bindings: bindingSet, properties };
}

function declaredAs(uses: readonly IdentifierUse[], kind: 'binding' | 'property'): string[] {
  return uses.filter(({ declares }) => declares === kind).map(({ name }) => name);
}

/** What the driver calls. */
const driverNames = ['work', 'ready'];

const globalNames = new Set([
  ...Object.getOwnPropertyNames(globalThis),
  ...['require', 'module', 'exports', '__filename', '__dirname', 'arguments', 'this'],
]);

const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];

function inventName(random: SeededRandom, taken: Set<string>): string {
  for (;;) {
    const length = 4 + random.below(6);
    const name = Array.from({ length }, () => random.pick(LETTERS)).join('');
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

function rewrite(text: string, uses: readonly IdentifierUse[], renaming: Renaming): string {
  const inOrder = [...uses].sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let at = 0;
  for (const use of inOrder) {
    parts.push(text.slice(at, use.start), renamed(use, renaming));
    at = use.start + use.name.length;
  }
  return parts.join('') + text.slice(at);
}

function renamed({ name, kind, link }: IdentifierUse, renaming: Renaming): string {
  const newName = renaming.newNames.get(name)!;
  const property = renaming.properties.has(name) ? newName : name;
  const binding = renaming.bindings.has(name) ? newName : name;
  if (kind === 'privateName') return newName;
  if (kind === 'property') return property;
  if (kind === 'binding' || !link || property === binding) return binding;
  return link.bindingFirst ? binding + link.text + property : property + link.text + binding;
}
