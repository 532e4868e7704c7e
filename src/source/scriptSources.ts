import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Position0 } from '../base/position';
import type { ScriptInfo } from '../leaks/leakAnalysis';
import { isInside, mappedSourceToPath, scriptUrlToPath } from './pathMapping';
import { readNamedFile } from './readNamedFile';
import { loadSourceMap, sourceMapUrlOf, type SourceMap } from './sourceMap';

/** Gives the text of a script from the process that runs it; rejects or gives '' if it cannot. */
export type LiveSource = (scriptId: number) => Promise<string>;

/** A script with its text and the way back to the file it was written in. */
export interface LoadedScript {
  readonly info: ScriptInfo;
  /** The code that ran, position for position; undefined if it is not to be had. */
  readonly text: string | undefined;
  /** Absolute; undefined for code that has no file. */
  readonly file: string | undefined;
  readonly map: SourceMap | undefined;
  /** True if the file lies in the root and is known not to be the code that ran any more. */
  readonly changedOnDisk: boolean;
}

/** A place in the file that a person edits. */
export interface OriginalPlace {
  /** Absolute. */
  readonly file: string;
  readonly position: Position0;
  /** The whole text of the file. */
  readonly text: string;
}

interface StoredScript {
  readonly code?: string;
  readonly changed: boolean;
}

/**
 * Loads scripts once each. What the target names is not trusted: a file is used only if it lies
 * inside the root, if its hash proves that the target has the very same text, or if it belongs to
 * the package of such a script.
 */
export class ScriptSources {
  private readonly loaded = new Map<number, Promise<LoadedScript>>();
  private readonly texts = new Map<string, Promise<string | undefined>>();
  /** Package folders of the scripts whose text was proven by its hash. */
  private readonly provenPackages = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly live?: LiveSource,
  ) {}

  load(info: ScriptInfo): Promise<LoadedScript> {
    let script = this.loaded.get(info.scriptId);
    if (!script) this.loaded.set(info.scriptId, (script = this.read(info)));
    return script;
  }

  /** Where a position of the generated code was written; undefined if no text shows the place. */
  async placeOf(script: LoadedScript, position: Position0): Promise<OriginalPlace | undefined> {
    const original = script.map?.originalOf(position);
    const source = original && mappedSourceToPath(original.source, this.root);
    if (source) {
      const text = (await this.readAllowed(source)) ?? script.map?.contentOf(original.source);
      if (text !== undefined) return { file: source, position: original.position, text };
    }
    const { file, text } = script;
    if (file === undefined || file === source || text === undefined) return undefined;
    return { file, position, text };
  }

  private async read(info: ScriptInfo): Promise<LoadedScript> {
    const file = scriptUrlToPath(info.url);
    const stored = file === undefined ? undefined : await this.readStored(file, info);
    const text = (await this.liveText(info.scriptId)) ?? stored?.code;
    const mapUrl = (text && sourceMapUrlOf(text)) ?? info.sourceMapUrl;
    const map = file && mapUrl ? await this.loadMap(mapUrl, file) : undefined;
    return { info, text, file, map, changedOnDisk: stored?.changed ?? false };
  }

  /** What the script's file has to say: the code that ran, unless it changed or is not code. */
  private async readStored(file: string, info: ScriptInfo): Promise<StoredScript> {
    const text = await readNamedFile(file);
    if (text === undefined) return { changed: false };
    if (sha256(text) === info.hash) {
      this.provenPackages.add(packageFolder(file));
      return { code: text, changed: false };
    }
    if (!isInside(this.root, file)) return { changed: false };
    if (info.hash === undefined) return { code: text, changed: false };
    // Node.js itself blanks types out, which moves nothing; other loaders compile and give a map.
    if (/\.[mc]?tsx?$/i.test(file))
      return { changed: false, ...(!info.sourceMapUrl && { code: text }) };
    const compiledOnLoad = /^data:/.test(info.sourceMapUrl ?? '') && !sourceMapUrlOf(text);
    return { changed: !compiledOnLoad };
  }

  private async liveText(scriptId: number): Promise<string | undefined> {
    const text = await this.live?.(scriptId).catch(() => '');
    return text === '' ? undefined : text;
  }

  private loadMap(url: string, scriptFile: string): Promise<SourceMap | undefined> {
    return loadSourceMap(url, scriptFile, (file) => this.mayRead(file));
  }

  private readAllowed(file: string): Promise<string | undefined> {
    let text = this.texts.get(file);
    if (!text) {
      text = this.mayRead(file) ? readNamedFile(file) : Promise.resolve(undefined);
      this.texts.set(file, text);
    }
    return text;
  }

  private mayRead(file: string): boolean {
    if (isInside(this.root, file)) return true;
    return [...this.provenPackages].some((folder) => isInside(folder, file));
  }
}

/** The nearest folder with a package.json above a script, or its own. */
function packageFolder(script: string): string {
  const own = path.dirname(script);
  for (let folder = own; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder;
  }
  return own;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
