import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { projectRoot } from './projectRoot';

/** A page of docs/shapes. */
export interface ShapePage {
  readonly shape: string;
  readonly text: string;
  /** The code of its fenced blocks, by what stands behind the language: ```js leaking */
  readonly samples: ReadonlyMap<string, string>;
}

const FOLDER = path.join(projectRoot, 'docs', 'shapes');
const FENCE = /^```js (\w+)\n([^]*?)^```$/gm;

/** All pages, by name. */
export function readShapePages(): ShapePage[] {
  return readdirSync(FOLDER)
    .sort()
    .map((name) => {
      const text = readFileSync(path.join(FOLDER, name), 'utf8');
      const samples = [...text.matchAll(FENCE)].map(([, kind, code]) => [kind, code] as const);
      return { shape: path.basename(name, '.md'), text, samples: new Map(samples) };
    });
}
