import { existsSync } from 'node:fs';
import path from 'node:path';
import { rankBySuffix, uniqueSuffix } from './fileSuffix';
import { isInside } from './pathMapping';
import { applyPair, type PathPair } from './pathPair';
import { readNamedFile } from './readNamedFile';
import { applyOverrides } from './sourceOverrides';
import { isBundlerName, localPathOf, locationOf, pathIn } from './targetLocation';
import { WorkspaceFiles } from './workspaceFiles';

/** How paths of the target become paths here, besides what can be guessed. */
export interface PathRules {
  /** What the person has said: their local roots may lie outside of the root. Asked first. */
  readonly pairs: readonly PathPair[];
  /** What a launch configuration says. */
  readonly launch?: LaunchPaths;
}

/** The part of a launch configuration that maps paths, its variables resolved. */
export interface LaunchPaths {
  /** Of the configuration. */
  readonly name: string;
  /** Of its `remoteRoot` and `localRoot`. */
  readonly pair?: PathPair;
  /** Its `sourceMapPathOverrides`. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** A URL of the target and the file that it is here, or why there is none. */
export interface MappedUrl {
  readonly url: string;
  /** Absolute, and there; undefined if no rule led to one that may be read, or it names no place. */
  readonly file: string | undefined;
  /** Each rule that failed with what came of it, in the order of the rules. */
  readonly tried: readonly string[];
}

/** True for the text that the target has. */
export type IsSameText = (text: string) => boolean;

/** Files of one name that are looked into for the right text. */
const MAX_COMPARED = 50;

/**
 * Finds the file of this machine that a URL of the target means. What the target names is not trusted:
 * a file must lie in the root, or where the person said, or have the very text that the target has.
 */
export class PathMapper {
  private readonly files: WorkspaceFiles;

  /** @param isTrusted For files elsewhere that may be read all the same. */
  constructor(
    private readonly root: string,
    private readonly rules: PathRules = { pairs: [] },
    private readonly isTrusted: (file: string) => boolean = () => false,
  ) {
    this.files = new WorkspaceFiles(root);
  }

  /** @param isSame Tells the right one of several files, and proves one outside of the root. */
  async map(url: string, isSame?: IsSameText): Promise<MappedUrl> {
    const location = locationOf(url);
    if (location === undefined) return { url, file: undefined, tried: [] };
    const attempt = new Attempt(this, isSame);
    const file =
      (await this.byPairs(location, attempt)) ??
      (await this.byLaunch(url, location, attempt)) ??
      (await this.asItIs(location, attempt)) ??
      (await this.byName(location, attempt));
    return { url, file, tried: attempt.tried };
  }

  /** True for a file in the root, in a local root of the person's, or trusted otherwise. */
  mayRead(file: string): boolean {
    if (file.startsWith('\\\\') || file.startsWith('//')) return false;
    const isSaid = ({ localRoot }: PathPair) =>
      isInside(localRoot, file) || (localRoot === file && isThere(file));
    return isInside(this.root, file) || this.rules.pairs.some(isSaid) || this.isTrusted(file);
  }

  private async byPairs(location: string, attempt: Attempt): Promise<string | undefined> {
    for (const pair of this.rules.pairs) {
      const rule = `${pair.remoteRoot} is ${pair.localRoot}`;
      const found = await attempt.take(rule, applyPair(pair, location));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private async byLaunch(
    url: string,
    location: string,
    attempt: Attempt,
  ): Promise<string | undefined> {
    const { name, pair, overrides } = this.rules.launch ?? {};
    if (pair) {
      const rule = `remoteRoot and localRoot of “${name}”`;
      const found = await attempt.take(rule, applyPair(pair, location));
      if (found !== undefined) return found;
    }
    if (!overrides) return undefined;
    const mapped = applyOverrides(overrides, url) ?? applyOverrides(overrides, location);
    return attempt.take(`sourceMapPathOverrides of “${name}”`, mapped);
  }

  private async asItIs(location: string, attempt: Attempt): Promise<string | undefined> {
    const bundled = isBundlerName(location);
    const file = bundled ? path.join(this.root, pathIn(location)) : localPathOf(location);
    const found = await attempt.take(bundled ? 'From the root' : 'As it is', file);
    // A bundler's name says less than the text, which another file may have.
    if (found === undefined || !bundled || (await attempt.isProven(found)) !== false) return found;
    return (await this.sameText(location, attempt)) ?? found;
  }

  private async byName(location: string, attempt: Attempt): Promise<string | undefined> {
    if (/^https?:/i.test(location)) return undefined;
    const same = await this.sameText(location, attempt);
    if (same !== undefined) return same;
    const ranked = rankBySuffix(pathIn(location), await this.files.like(pathIn(location)));
    const rule = 'By the end of its path';
    const best = uniqueSuffix(ranked);
    // A file that is there under the very name makes a mere likeness doubtful.
    const isHere = isThere(localPathOf(location));
    if (best && !isHere) return attempt.take(rule, path.join(this.root, best.file));
    const alike = ranked.filter(({ shared }) => shared === ranked[0].shared);
    const names = alike.slice(0, 3).map(({ file }) => file);
    if (alike.length > 1) attempt.fail(rule, `${names.join(' and ')} fit alike`);
    else if (best) attempt.fail(rule, `${best.file} fits, but its text differs`);
    else if (names.length > 0) attempt.fail(rule, `only the name of ${names[0]} fits`);
    else attempt.fail(rule, `no file of the name${this.files.isComplete ? '' : ' was met so far'}`);
    return undefined;
  }

  /** The best of the files of one name that have the very text. */
  private async sameText(location: string, attempt: Attempt): Promise<string | undefined> {
    if (!attempt.canProve) return undefined;
    const ranked = rankBySuffix(pathIn(location), await this.files.like(pathIn(location)));
    for (const { file } of ranked.slice(0, MAX_COMPARED)) {
      const candidate = path.join(this.root, file);
      if (isInside(this.root, candidate) && (await attempt.isProven(candidate))) return candidate;
    }
    return undefined;
  }
}

/** One URL on its way through the rules. */
class Attempt {
  readonly tried: string[] = [];

  constructor(
    private readonly mapper: PathMapper,
    private readonly isSame: IsSameText | undefined,
  ) {}

  get canProve(): boolean {
    return this.isSame !== undefined;
  }

  fail(rule: string, why: string): void {
    this.tried.push(`${rule}: ${why}.`);
  }

  /** The file that a rule leads to, if it is there and may be read. */
  async take(rule: string, file: string | undefined): Promise<string | undefined> {
    if (file === undefined) this.fail(rule, 'does not apply');
    else if (this.mapper.mayRead(file)) return file;
    else if (!isThere(file)) this.fail(rule, `${file} does not exist`);
    else if (await this.isProven(file)) return file;
    else this.fail(rule, `${file} lies outside of the root, and has not the text that ran`);
    return undefined;
  }

  /** Undefined if there is nothing to prove it by. */
  async isProven(file: string): Promise<boolean | undefined> {
    if (!this.isSame) return undefined;
    const text = await readNamedFile(file);
    return text !== undefined && this.isSame(text);
  }
}

/** Shares are not even looked at. */
function isThere(file: string | undefined): boolean {
  return file !== undefined && !/^(?:\\\\|\/\/)/.test(file) && existsSync(file);
}
