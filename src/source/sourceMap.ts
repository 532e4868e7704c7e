import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  FlattenMap,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  sourceContentFor,
  type TraceMap,
} from '@jridgewell/trace-mapping';
import { position0, type Position0 } from '../base/position';
import { readNamedFile } from './readNamedFile';
import { locationUrl } from './targetLocation';

/** A position in an original source. */
export interface OriginalPosition {
  /** The source as the map names it, resolved against the map's own place. */
  readonly source: string;
  readonly position: Position0;
  /** The original name of what stands there, if the map has it. */
  readonly name?: string;
}

/** A loaded source map. */
export class SourceMap {
  constructor(private readonly map: TraceMap) {}

  /** Where `position` of the generated code comes from; undefined for code that has no source. */
  originalOf(position: Position0): OriginalPosition | undefined {
    const needle = { line: position.line + 1, column: position.column };
    const lower = originalPositionFor(this.map, needle);
    // Some compilers map a statement only from its second token on.
    const found =
      lower.source === null
        ? originalPositionFor(this.map, { ...needle, bias: LEAST_UPPER_BOUND })
        : lower;
    if (found.source === null) return undefined;
    const { source, line, column, name } = found;
    return { source, position: position0(line - 1, column), ...(name !== null && { name }) };
  }

  /** The original text that the map carries, if it does. */
  contentOf(source: string): string | undefined {
    return sourceContentFor(this.map, source) ?? undefined;
  }
}

const URL_KEY = 'sourceMappingURL=';

/**
 * The URL of the last `sourceMappingURL` comment that ends its line. Looks at each line once, whatever
 * stands in it: a pattern over the whole text takes a time that grows with the square of its length.
 */
export function sourceMapUrlOf(source: string): string | undefined {
  for (let end = source.length; ;) {
    const at = source.lastIndexOf(URL_KEY, end);
    if (at === -1) return undefined;
    const lineStart = source.lastIndexOf('\n', at) + 1;
    const lineEnd = source.indexOf('\n', at);
    const url = urlAtEnd(source.slice(lineStart, lineEnd === -1 ? undefined : lineEnd));
    if (url !== undefined || lineStart === 0) return url;
    end = lineStart - 1;
  }
}

/** The URL has no white space in it, and only white space behind it. */
function urlAtEnd(line: string): string | undefined {
  const text = line.trimEnd();
  const key = text.indexOf(URL_KEY, lastSpace(text) + 1);
  const isComment = key !== -1 && /\/\/[#@]$/.test(text.slice(0, key).trimEnd().slice(-3));
  return isComment ? text.slice(key + URL_KEY.length) || undefined : undefined;
}

function lastSpace(text: string): number {
  let at = text.length - 1;
  while (at >= 0 && !/\s/.test(text[at])) at--;
  return at;
}

/**
 * Loads a map given inline (data URL) or as a file beside the script. A map that cannot be read
 * is as good as none: positions then stay those of the generated code.
 * @param script What relative URLs start from: the absolute path of its file here, or, if it has none,
 * its location in the target (see `locationOf`), where only an inline map can be read.
 * @param mayRead Decides about a map file by its absolute path.
 */
export async function loadSourceMap(
  url: string,
  script: string | { readonly location: string },
  mayRead: (file: string) => boolean,
): Promise<SourceMap | undefined> {
  try {
    const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/s.exec(url);
    if (inline) {
      const text = inline[1]
        ? Buffer.from(inline[2], 'base64').toString('utf8')
        : decodeURIComponent(inline[2]);
      const base = typeof script === 'string' ? pathToFileURL(script).href : undefined;
      return parseSourceMap(text, base ?? locationUrl((script as { location: string }).location));
    }
    const file = typeof script === 'string' ? mapFile(url, script) : undefined;
    const text = file && mayRead(file) ? await readNamedFile(file) : undefined;
    return file && text ? parseSourceMap(text, pathToFileURL(file).href) : undefined;
  } catch {
    return undefined;
  }
}

/** @param base URL of what the map stands in, which relative sources start from. */
function parseSourceMap(text: string, base: string): SourceMap {
  // Unlike TraceMap itself, this also reads index maps, which are made of sections.
  return new SourceMap(FlattenMap(text, base));
}

function mapFile(url: string, scriptFile: string): string | undefined {
  if (url.startsWith('file:')) return fileURLToPath(url);
  if (/^[a-z][\w+.-]+:/i.test(url)) return undefined;
  return path.resolve(path.dirname(scriptFile), decodeURIComponent(url));
}
