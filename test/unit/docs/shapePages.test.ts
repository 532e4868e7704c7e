import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { EditedSource } from '../../../src/source/editedSource';
import { projectRoot } from '../../support/projectRoot';
import { readShapePages } from '../../support/shapePages';

interface Schema {
  readonly $defs: { readonly finding: { readonly properties: { shape: { enum: string[] } } } };
}

const SECTIONS = ['What you see', 'How Leakline recognises it', 'The fix', 'In review, check'];

describe('docs/shapes', () => {
  const pages = readShapePages();

  it('has a page for each shape that a report can name, and no other', () => {
    const file = path.join(projectRoot, 'src', 'report', 'report.schema.json');
    const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;
    const shapes = schema.$defs.finding.properties.shape.enum;
    assert.deepEqual(
      pages.map(({ shape }) => shape),
      [...shapes].sort(),
    );
  });

  it('is shipped', () => {
    const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
      files: string[];
    };
    assert.ok(manifest.files.includes('docs/shapes'));
  });

  for (const { shape, text, samples } of pages) {
    it(`says of ${shape} what there is to say, with code that parses`, () => {
      const sections = [...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
      assert.deepEqual(sections, SECTIONS);
      assert.deepEqual([...samples.keys()], ['leaking', 'fixed']);
      for (const code of samples.values()) {
        assert.ok(EditedSource.parse(code, 'sample.mjs'), code);
        assert.equal(code.match(/^export /gm)?.length, 1, 'one function is exported');
      }
    });
  }
});
