import type { Disposable } from '../base/disposable';
import type { CdpSession } from './cdpSession';
import { MAX_SCRIPTS, MAX_SCRIPT_URLS } from './limits';

/** A script that the target has compiled. */
export interface Script {
  readonly scriptId: number;
  /** A file:// URL, a path, or a name like `node:fs`. */
  readonly url: string;
  /** The sourceMappingURL comment as it stands in the script: relative, absolute or a data URL. */
  readonly sourceMapUrl: string | undefined;
  /** SHA-256 of the UTF-8 source, in hexadecimal. */
  readonly hash: string | undefined;
  readonly isModule: boolean;
  /** UTF-16 code units. */
  readonly length: number;
}

/**
 * The scripts of a target by V8's script id, which snapshots name in their `locations`. Code that was
 * evaluated under no name is left out: there is nothing to show for it, and some programs compile
 * such code for every request.
 */
export class ScriptTable implements Iterable<Script>, Disposable {
  private readonly scripts = new Map<number, Script>();
  private readonly subscription: Disposable;
  /** UTF-16 code units of the URLs. */
  private length = 0;

  /** Listens to `client`; complete once `Debugger.enable` was answered, and kept so. */
  constructor(client: CdpSession) {
    this.subscription = client.on('Debugger.scriptParsed', (script) => {
      if (script.url) this.add(script);
    });
  }

  get size(): number {
    return this.scripts.size;
  }

  get(scriptId: number): Script | undefined {
    return this.scripts.get(scriptId);
  }

  [Symbol.iterator](): Iterator<Script> {
    return this.scripts.values();
  }

  /** What comes too late is left out: a program's own files are loaded before the code it makes. */
  private add(script: Script): void {
    const length = script.url.length + (script.sourceMapUrl?.length ?? 0);
    const isFull = this.scripts.size >= MAX_SCRIPTS || this.length + length > MAX_SCRIPT_URLS;
    if (isFull || this.scripts.has(script.scriptId)) return;
    this.length += length;
    this.scripts.set(script.scriptId, script);
  }

  dispose(): void {
    this.subscription.dispose();
  }
}
