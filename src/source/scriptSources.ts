import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Position0 } from '../base/position';
import type { ScriptInfo } from '../leaks/leakAnalysis';
import { isInside, mappedSourceToPath, scriptUrlToPath } from './pathMapping';
import { loadSourceMap, sourceMapUrlOf, type SourceMap } from './sourceMap';

/** Gives the text of a script from the process that runs it; rejects or gives '' if it cannot. */
export type LiveSource = (scriptId: number) => Promise<string>;

/** A script with its text and the way back to the file it was written in. */
export interface LoadedScript {
  readonly info: ScriptInfo;
  /** The code that ran; undefined if neither the process nor the disk has it. */
  readonly text: string | undefined;
  /** Absolute; undefined for code that has no file. */
  readonly file: string | undefined;
  readonly map: SourceMap | undefined;
  /** True if the file on disk is known not to be the code that ran. */
  readonly changedOnDisk: boolean;
}

/** A place in the file that a person edits. */
export interface OriginalPlace {
  /** Absolute. */
  readonly file: string;
  readonly position: Position0;
  /** The whole text of the file, if it is to be had. */
  readonly text: string | undefined;
}

/**
 * Loads scripts once each. What the target names is not trusted: a file is read only inside the
 * root, or if its hash proves that the target has the very same text, or beside such a script.
 */
export class ScriptSources {
  private readonly loaded = new Map<number, Promise<LoadedScript>>();
  private readonly texts = new Map<string, Promise<string | undefined>>();
  /** Folders of scripts outside the root whose text was proven by its hash. */
  private readonly provenFolders = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly live?: LiveSource,
  ) {}

  load(info: ScriptInfo): Promise<LoadedScript> {
    let script = this.loaded.get(info.scriptId);
    if (!script) this.loaded.set(info.scriptId, (script = this.read(info)));
    return script;
  }

  /** Where a position of the generated code was written; undefined for code without a file. */
  async placeOf(script: LoadedScript, position: Position0): Promise<OriginalPlace | undefined> {
    const original = script.map?.originalOf(position);
    if (original) {
      const file = mappedSourceToPath(original.source, this.root);
      if (file) {
        const text = (await this.readAllowed(file)) ?? script.map?.contentOf(original.source);
        return { file, position: original.position, text };
      }
    }
    if (!script.file) return undefined;
    return { file: script.file, position, text: script.text };
  }

  private async read(info: ScriptInfo): Promise<LoadedScript> {
    const file = scriptUrlToPath(info.url);
    const onDisk = file ? await readFile(file, 'utf8').catch(() => undefined) : undefined;
    const proven = onDisk !== undefined && info.hash !== undefined && sha256(onDisk) === info.hash;
    if (file && proven) this.provenFolders.add(path.dirname(file));
    const liveText = await this.liveText(info.scriptId);
    const readable = proven || (file !== undefined && isInside(this.root, file));
    const changedOnDisk = onDisk !== undefined && info.hash !== undefined && !proven;
    const text = liveText ?? (readable && !changedOnDisk ? onDisk : undefined);
    const mapUrl = (text && sourceMapUrlOf(text)) ?? info.sourceMapUrl;
    const map = file && mapUrl ? await this.loadMap(mapUrl, file) : undefined;
    return { info, text, file, map, changedOnDisk };
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
      text = this.mayRead(file)
        ? readFile(file, 'utf8').catch(() => undefined)
        : Promise.resolve(undefined);
      this.texts.set(file, text);
    }
    return text;
  }

  private mayRead(file: string): boolean {
    if (isInside(this.root, file)) return true;
    return [...this.provenFolders].some((folder) => isInside(path.dirname(folder), file));
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
