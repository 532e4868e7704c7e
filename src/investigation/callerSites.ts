import { position1, toBase0 } from '../base/position';
import type { CodePosition, Suspect } from '../leaks/leakAnalysis';
import { packageOf } from '../source/pathMapping';
import { callerSitesIn } from '../source/packageCalls';
import { locationOf } from '../source/targetLocation';
import { namesAround } from '../source/functionName';
import type { SiteFinder, WeighedSite } from './siteFinder';

/** More calls than these only repeat what the first ones say. */
const MAX_CALLERS = 2;
/** From the project to the package at fault over the packages between them. */
const MAX_PACKAGES_BETWEEN = 3;

/**
 * Where the project's own code calls into the package that a site lies in: the package's line is at
 * fault, but this one can be changed today. If the project does not use the package itself, it is the
 * call into the package that does. Best first; none for a site outside of node_modules.
 */
export async function callerSites(
  finder: SiteFinder,
  suspect: Suspect,
  fault: WeighedSite,
): Promise<WeighedSite[]> {
  const faulty = packageOf(fault.site.generated.url);
  if (faulty === undefined) return [];
  const { line, column } = fault.site.generated;
  const position = toBase0(position1(line, column));
  const syntax = await finder.syntaxOf(fault.scriptId);
  const called = new Set(syntax && namesAround(syntax.tree, position));
  let packages = new Set([faulty]);
  for (let between = 0; between < MAX_PACKAGES_BETWEEN && packages.size > 0; between++) {
    const callers = await callsInto(finder, suspect, packages, called);
    if (callers.length > 0) return callers;
    packages = await usersOf(finder, packages);
  }
  return [];
}

async function callsInto(
  finder: SiteFinder,
  suspect: Suspect,
  packages: ReadonlySet<string>,
  called: ReadonlySet<string>,
): Promise<WeighedSite[]> {
  const isPackage = (specifier: string) => packages.has(nameIn(specifier));
  const found: WeighedSite[] = [];
  for (const { scriptId, url } of finder.scriptsByPreference()) {
    if (packageOf(url) !== undefined) break;
    const text = await finder.textOf(scriptId);
    if (![...packages].some((name) => text.includes(name))) continue;
    const involved = codeOf(suspect)
      .filter((code) => code.scriptId === scriptId)
      .map((code) => code.position);
    const syntax = await finder.syntaxOf(scriptId);
    const calls = syntax ? callerSitesIn(syntax, isPackage, called, involved) : [];
    found.push(...(await finder.toSites(scriptId, calls, 0)));
  }
  return found.sort((a, b) => b.weight - a.weight).slice(0, MAX_CALLERS);
}

/** The packages whose code loads one of these. */
async function usersOf(finder: SiteFinder, packages: ReadonlySet<string>): Promise<Set<string>> {
  const users = new Set<string>();
  for (const { scriptId, url } of finder.scriptsByPreference()) {
    const user = packageOf(url);
    if (user === undefined || packages.has(user) || locationOf(url) === undefined) continue;
    const text = await finder.textOf(scriptId);
    if (loadedIn(text).some((specifier) => packages.has(nameIn(specifier)))) users.add(user);
  }
  return users;
}

/** Specifiers of `require('…')`, `import('…')`, `from '…'`, `import '…'`. */
function loadedIn(text: string): string[] {
  const loads = /(?:\brequire\s*\(\s*|\bfrom\s*|\bimport\s*\(?\s*)["']([^"'\n]+)["']/g;
  return [...text.matchAll(loads)].map(([, specifier]) => specifier);
}

/** `@scope/name` of `@scope/name/lib/file.js`. */
function nameIn(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Functions and classes that the heap shows on the way to what leaks, or below it. */
function codeOf({ path, anchors }: Suspect): CodePosition[] {
  const callbacks = anchors.flatMap((anchor) => (anchor.kind === 'callback' ? [anchor.at] : []));
  return [...path.flatMap(({ code }) => code ?? []), ...callbacks];
}
