import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
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
  /** The whole text of the file: where they differ, the one that was compiled. */
  readonly text: string;
  /** What the source map says that the thing there is called. */
  readonly name?: string;
  /** True if the file was edited after it was compiled to the code that ran. */
  readonly edited: boolean;
}

interface StoredScript {
  readonly code?: string;
  /** What the file has now, if it was changed. */
  readonly changed?: string;
}

/** Files of one checkout or one unpacking are written within so many milliseconds. */
const WRITTEN_TOGETHER = 10_000;

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
      const { position, name } = original;
      const content = script.map?.contentOf(original.source);
      const text = await this.originalText(source, content, script.file);
      if (text) return { file: source, position, ...(name !== undefined && { name }), ...text };
    }
    const { file, text } = script;
    if (file === undefined || file === source || text === undefined) return undefined;
    return { file, position, text, edited: false };
  }

  /**
   * A script as its file has it now, for one that was changed since it ran: names may be looked up
   * in it, positions of the heap may not. Undefined for any other script.
   */
  async loadChanged(info: ScriptInfo): Promise<LoadedScript | undefined> {
    const file = scriptUrlToPath(info.url);
    const text = file === undefined ? undefined : (await this.readStored(file, info)).changed;
    if (file === undefined || text === undefined) return undefined;
    const mapUrl = sourceMapUrlOf(text);
    const map = mapUrl === undefined ? undefined : await this.loadMap(mapUrl, file);
    return { info, text, file, map, changedOnDisk: true };
  }

  /** @param content What the map carries. */
  private async originalText(
    source: string,
    content: string | undefined,
    scriptFile: string | undefined,
  ): Promise<{ text: string; edited: boolean } | undefined> {
    const now = await this.readAllowed(source);
    if (now === undefined)
      return content === undefined ? undefined : { text: content, edited: false };
    if (content === undefined) {
      return { text: now, edited: scriptFile !== undefined && (await isNewer(source, scriptFile)) };
    }
    const edited = withoutLineEnds(content) !== withoutLineEnds(now);
    return { text: edited ? content : now, edited };
  }

  private async read(info: ScriptInfo): Promise<LoadedScript> {
    const file = scriptUrlToPath(info.url);
    const stored = file === undefined ? undefined : await this.readStored(file, info);
    const text = (await this.liveText(info.scriptId)) ?? stored?.code;
    const changedOnDisk = stored?.changed !== undefined;
    const mapUrl = (text && sourceMapUrlOf(text)) ?? info.sourceMapUrl;
    const map = file && mapUrl ? await this.loadMap(mapUrl, file) : undefined;
    return { info, text, file, map, changedOnDisk };
  }

  /** What the script's file has to say: the code that ran, unless it changed or is not code. */
  private async readStored(file: string, info: ScriptInfo): Promise<StoredScript> {
    const text = await readNamedFile(file);
    if (text === undefined) return {};
    // Node.js takes the byte order mark off some files before V8 sees them, and leaves it on others.
    const code = [text, text.replace(/^\ufeff/, '')].find((ran) => sha256(ran) === info.hash);
    if (code !== undefined) {
      this.provenPackages.add(packageFolder(file));
      return { code };
    }
    if (!isInside(this.root, file)) return {};
    if (info.hash === undefined) return { code: text };
    // Node.js itself blanks types out, which moves nothing; other loaders compile and give a map.
    if (/\.[mc]?tsx?$/i.test(file)) return info.sourceMapUrl ? {} : { code: text };
    const compiledOnLoad = /^data:/.test(info.sourceMapUrl ?? '') && !sourceMapUrlOf(text);
    return compiledOnLoad ? {} : { changed: text };
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

async function isNewer(file: string, other: string): Promise<boolean> {
  const times = await Promise.all([file, other].map((name) => stat(name))).catch(() => undefined);
  return times !== undefined && times[0].mtimeMs > times[1].mtimeMs + WRITTEN_TOGETHER;
}

/** Tools that copy a text change these, which moves no line. */
function withoutLineEnds(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .trimEnd();
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
