import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Position0 } from '../base/position';
import type { ScriptInfo } from '../leaks/leakAnalysis';
import { PathMapper, type IsSameText, type MappedUrl, type PathRules } from './pathMapper';
import { isInside } from './pathMapping';
import { readNamedFile } from './readNamedFile';
import { loadSourceMap, sourceMapUrlOf, type OriginalPosition, type SourceMap } from './sourceMap';
import { isBundlerName, locationOf, pathIn } from './targetLocation';

/** Gives the text of a script from the process that runs it; rejects or gives '' if it cannot. */
export type LiveSource = (scriptId: number) => Promise<string>;

/** A script with its text and the way back to the file it was written in. */
export interface LoadedScript {
  readonly info: ScriptInfo;
  /** The code that ran, position for position; undefined if it is not to be had. */
  readonly text: string | undefined;
  /** Absolute; undefined for code that has no file here. */
  readonly file: string | undefined;
  /** How its URL became that file, or why not. */
  readonly mapped: MappedUrl;
  readonly map: SourceMap | undefined;
  /** True if the file lies in the root and is known not to be the code that ran any more. */
  readonly changedOnDisk: boolean;
}

/** A place in the file that a person edits. */
export interface OriginalPlace {
  /** Absolute; of an unmapped place the file in the target, or where a bundler's name would be. */
  readonly file: string;
  readonly position: Position0;
  /** The whole text of the file: where they differ, the one that was compiled. */
  readonly text: string;
  /** What the source map says that the thing there is called. */
  readonly name?: string;
  /** True if the file was edited after it was compiled to the code that ran. */
  readonly edited: boolean;
  /** There if no file here is known to be this one: what was tried. It is not to be opened. */
  readonly unmapped?: MappedUrl;
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
  private readonly mapper: PathMapper;
  private readonly sources = new Map<string, Promise<MappedUrl>>();

  constructor(
    private readonly root: string,
    private readonly live?: LiveSource,
    rules?: PathRules,
  ) {
    this.mapper = new PathMapper(root, rules, (file) => this.isOfProvenPackage(file));
  }

  load(info: ScriptInfo): Promise<LoadedScript> {
    let script = this.loaded.get(info.scriptId);
    if (!script) this.loaded.set(info.scriptId, (script = this.read(info)));
    return script;
  }

  /** Where a position of the generated code was written; undefined if no text shows the place. */
  async placeOf(script: LoadedScript, position: Position0): Promise<OriginalPlace | undefined> {
    const original = script.map?.originalOf(position);
    if (original) {
      const written = await this.writtenPlace(original, script);
      if (written) return written;
      // A loader's own file holds no generated position.
      if (locationOf(original.source) === locationOf(script.info.url)) return undefined;
    }
    const { file, text, mapped } = script;
    if (text === undefined) return undefined;
    if (file !== undefined) return { file, position, text, edited: false };
    return unmappedPlace(this.root, mapped, { position, text, edited: false });
  }

  /** Undefined if neither a file here nor the map has the text. */
  private async writtenPlace(
    { source, position, name }: OriginalPosition,
    { map, file: scriptFile }: LoadedScript,
  ): Promise<OriginalPlace | undefined> {
    const content = map?.contentOf(source);
    const mapped = await this.mapSource(source, content);
    const named = { position, ...(name !== undefined && { name }) };
    if (mapped.file !== undefined) {
      const text = await this.originalText(mapped.file, content, scriptFile);
      if (text) return { file: mapped.file, ...named, ...text };
    }
    return content === undefined
      ? undefined
      : unmappedPlace(this.root, mapped, { ...named, text: content, edited: false });
  }

  private mapSource(source: string, content: string | undefined): Promise<MappedUrl> {
    let mapped = this.sources.get(source);
    const isSame: IsSameText | undefined =
      content === undefined
        ? undefined
        : (text) => withoutLineEnds(text) === withoutLineEnds(content);
    if (!mapped) this.sources.set(source, (mapped = this.mapper.map(source, isSame)));
    return mapped;
  }

  /**
   * A script as its file has it now, for one that was changed since it ran: names may be looked up
   * in it, positions of the heap may not. Undefined for any other script.
   */
  async loadChanged(info: ScriptInfo): Promise<LoadedScript | undefined> {
    const { mapped, file } = await this.load(info);
    const text = file === undefined ? undefined : (await this.readStored(file, info)).changed;
    if (file === undefined || text === undefined) return undefined;
    const mapUrl = sourceMapUrlOf(text);
    const map = mapUrl === undefined ? undefined : await this.loadMap(mapUrl, file);
    return { info, text, file, mapped, map, changedOnDisk: true };
  }

  /** @param content What the map carries. */
  private async originalText(
    source: string,
    content: string | undefined,
    scriptFile: string | undefined,
  ): Promise<{ text: string; edited: boolean } | undefined> {
    const now = await this.readOnce(source);
    if (now === undefined)
      return content === undefined ? undefined : { text: content, edited: false };
    if (content === undefined) {
      return { text: now, edited: scriptFile !== undefined && (await isNewer(source, scriptFile)) };
    }
    const edited = withoutLineEnds(content) !== withoutLineEnds(now);
    return { text: edited ? content : now, edited };
  }

  private async read(info: ScriptInfo): Promise<LoadedScript> {
    const mapped = await this.mapper.map(info.url, ranAs(info));
    const { file } = mapped;
    const stored = file === undefined ? undefined : await this.readStored(file, info);
    const text = (await this.liveText(info.scriptId)) ?? stored?.code;
    const changedOnDisk = stored?.changed !== undefined;
    const mapUrl = (text && sourceMapUrlOf(text)) ?? info.sourceMapUrl;
    const location = locationOf(info.url);
    const at = file ?? (location === undefined ? undefined : { location });
    const map = at !== undefined && mapUrl ? await this.loadMap(mapUrl, at) : undefined;
    return { info, text, file, mapped, map, changedOnDisk };
  }

  /** What the script's file has to say: the code that ran, unless it changed or is not code. */
  private async readStored(file: string, info: ScriptInfo): Promise<StoredScript> {
    const text = await readNamedFile(file);
    if (text === undefined) return {};
    const code = textsOf(text).find((ran) => sha256(ran) === info.hash);
    if (code !== undefined) {
      this.provenPackages.add(packageFolder(file));
      return { code };
    }
    if (!this.mapper.mayRead(file)) return {};
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

  private loadMap(
    url: string,
    script: string | { readonly location: string },
  ): Promise<SourceMap | undefined> {
    return loadSourceMap(url, script, (file) => this.mapper.mayRead(file));
  }

  /** @param file One that the mapper gave. */
  private readOnce(file: string): Promise<string | undefined> {
    let text = this.texts.get(file);
    if (!text) {
      text = readNamedFile(file);
      this.texts.set(file, text);
    }
    return text;
  }

  private isOfProvenPackage(file: string): boolean {
    return [...this.provenPackages].some((folder) => isInside(folder, file));
  }
}

/** A place whose file is not here, by the name that people know it by; undefined if it has none. */
function unmappedPlace(
  root: string,
  mapped: MappedUrl,
  place: Omit<OriginalPlace, 'file'>,
): OriginalPlace | undefined {
  const location = locationOf(mapped.url);
  if (location === undefined) return undefined;
  const file = isBundlerName(location) ? path.join(root, pathIn(location)) : location;
  return { ...place, file, unmapped: mapped };
}

/** Tells the text of a script by its hash; undefined if that is not known. */
function ranAs({ hash }: ScriptInfo): IsSameText | undefined {
  return hash === undefined
    ? undefined
    : (text) => textsOf(text).some((ran) => sha256(ran) === hash);
}

/** Node.js takes the byte order mark off some files before V8 sees them, and leaves it on others. */
function textsOf(text: string): string[] {
  return [text, text.replace(/^\ufeff/, '')];
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
