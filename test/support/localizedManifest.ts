import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './projectRoot';

/** package.json as VS Code shows it: each `%key%` is what package.nls.json has under it. */
export function localizedManifest(): unknown {
  const texts = readJson('package.nls.json') as Readonly<Record<string, string>>;
  const text = readFileSync(path.join(projectRoot, 'package.json'), 'utf8');
  return JSON.parse(text, (_, value: unknown) => {
    const key = typeof value === 'string' ? nlsKey(value) : undefined;
    return key === undefined ? value : texts[key];
  });
}

/** `key` of `%key%`; undefined for other texts. */
export function nlsKey(text: string): string | undefined {
  return /^%([\w.]+)%$/.exec(text)?.[1];
}

/** @param name Relative to the project. */
export function readJson(name: string): unknown {
  return JSON.parse(readFileSync(path.join(projectRoot, name), 'utf8'));
}
