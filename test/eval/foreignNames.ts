import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { projectRoot } from '../support/projectRoot';

/**
 * Every word in the declarations of JavaScript's standard library and of Node.js: the names of their
 * properties, methods and options, and some more.
 */
export function platformNames(): Set<string> {
  const library = path.join(projectRoot, 'node_modules', 'typescript', 'lib');
  const files = readdirSync(library).filter((name) => /^lib\.(es|decorators).*\.d\.ts$/.test(name));
  const standard = files.map((name) => path.join(library, name));
  const node = ['@types/node', 'undici-types'].flatMap((name) =>
    filesBelow(path.join(projectRoot, 'node_modules', name)).filter((f) => f.endsWith('.d.ts')),
  );
  const names = new Set<string>();
  for (const file of [...standard, ...node]) {
    // The comments tell stories, with examples, in all the words there are.
    addWords(names, readFileSync(file, 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, ' '));
  }
  return names;
}

/**
 * Every word in the packages that a case runs with. Those that only build it are left out.
 * @param folder the installed case
 */
export function packageNames(folder: string): Set<string> {
  const names = new Set<string>();
  for (const installed of installedPackages(folder)) {
    for (const file of filesBelow(path.join(folder, installed))) {
      if (/\.[cm]?js$/.test(file)) addWords(names, readFileSync(file, 'utf8'));
    }
  }
  return names;
}

/** Paths of packages relative to `folder`, as npm has noted them. */
function installedPackages(folder: string): string[] {
  const list = path.join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(list)) return [];
  const { packages } = JSON.parse(readFileSync(list, 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  return Object.keys(packages).filter((name) => !packages[name].dev);
}

/** All files below `folder` but installed packages. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return [];
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(file) : entry.isFile() ? [file] : [];
  });
}

/** Adds every word of `text` that could be an identifier. */
export function addWords(names: Set<string>, text: string): void {
  for (const [word] of text.matchAll(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu)) names.add(word);
}
