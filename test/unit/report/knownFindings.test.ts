import assert from 'node:assert/strict';
import Ajv2020 from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { LeaklineError } from '../../../src/base/errors';
import {
  parseKnownFindings,
  withKnownFinding,
  withoutKnownFinding,
} from '../../../src/report/knownFindings';
import { projectRoot } from '../../support/projectRoot';

const schema = JSON.parse(
  readFileSync(path.join(projectRoot, 'src', 'report', 'knownFindings.schema.json'), 'utf8'),
) as object;
const fits = new Ajv2020({ strict: true }).compile(schema);

const entry = { fingerprint: '1:a', reason: 'one per product', author: 'Ada', date: '2026-01-02' };
const FILE = `{
    "owner": "shop team",
    "version": 1,
    "knownFindings": [
        {
            "ticket": "SHOP-12",
            "reason": "a cache",
            "fingerprint": "1:b"
        }
    ],
    "later": { "b": 1, "a": 2 }
}
`;

describe('Known findings', () => {
  it('start a file', () => {
    const text = withKnownFinding('', entry);
    assert.deepEqual(parseKnownFindings(text), [entry]);
    assert.deepEqual(fits(JSON.parse(text)), true, JSON.stringify(fits.errors));
    assert.ok(text.endsWith('}\n'));
  });

  it('are added with all else as it was: keys, their order, indentation, line breaks', () => {
    const windows = FILE.replaceAll('\n', '\r\n');
    const text = withKnownFinding(windows, entry);
    assert.equal(withoutKnownFinding(text, '1:a').replace(/\s/g, ''), FILE.replace(/\s/g, ''));
    assert.ok(text.startsWith('{\r\n    "owner": "shop team",\r\n    "version": 1,'), text);
    assert.ok(!/[^\r]\n/.test(text));
    assert.deepEqual(parseKnownFindings(text)[1], entry);
  });

  it('are replaced by one of the same fingerprint, which keeps what others put there', () => {
    const again = parseKnownFindings(withKnownFinding(FILE, { ...entry, fingerprint: '1:b' }));
    assert.equal(again.length, 1);
    assert.deepEqual(again[0], { ticket: 'SHOP-12', ...entry, fingerprint: '1:b' });
  });

  it('are taken out', () => {
    assert.deepEqual(parseKnownFindings(withoutKnownFinding(FILE, '1:b')), []);
    assert.equal(parseKnownFindings(withoutKnownFinding(FILE, '1:c')).length, 1);
  });

  it('may be none', () => assert.deepEqual(parseKnownFindings('\ufeff{ "version": 1 }'), []));

  for (const [text, message] of [
    ['{ "version": 1, }', /^\.leakline\.json is not JSON: /],
    ['[]', /must be an object/],
    ['{ "version": 2 }', /has the version 2 instead of 1/],
    ['{}', /has the version undefined/],
    ['{ "version": 1, "knownFindings": {} }', /`knownFindings` that are not a list/],
    ['{ "version": 1, "knownFindings": [3] }', /knownFindings\[0\] something else/],
    [
      '{ "version": 1, "knownFindings": [{ "fingerprint": "1:a", "reason": " " }] }',
      /no text in knownFindings\[0\]\.reason/,
    ],
    [
      '{ "version": 1, "knownFindings": [{ "fingerprint": "1:a", "reason": "x", "author": 1 }] }',
      /no text in knownFindings\[0\]\.author/,
    ],
  ] as const) {
    it(`are refused in ${text}, and so is changing it`, () => {
      const isBroken = (error: unknown) =>
        error instanceof LeaklineError &&
        error.code === 'brokenFile' &&
        message.test(error.message);
      assert.throws(() => parseKnownFindings(text), isBroken);
      assert.throws(() => withKnownFinding(text, entry), isBroken);
      assert.throws(() => withoutKnownFinding(text, '1:a'), isBroken);
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        return;
      }
      assert.equal(fits(value), false, 'the schema takes it');
    });
  }
});
