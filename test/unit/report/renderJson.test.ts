import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { renderJson } from '../../../src/report/renderJson';
import { ROLE_LABELS } from '../../../src/report/wording';
import {
  cleanReport,
  hostileReport,
  inconclusiveReport,
  leakReport,
  linkedListReport,
} from './sampleReports';

const schemaFile = join(__dirname, '../../../src/report/report.schema.json');
interface Schema {
  readonly $defs: {
    readonly site: {
      readonly properties: {
        readonly role: { readonly description: string; readonly enum: readonly string[] };
      };
    };
  };
}
const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as Schema;
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function published(report = leakReport): Json {
  return JSON.parse(renderJson(report)) as Json;
}

describe('renderJson', () => {
  it('says what the report says', () => {
    assert.deepEqual(published(), leakReport);
  });

  it('makes valid reports', () => {
    for (const report of [
      leakReport,
      cleanReport,
      inconclusiveReport,
      hostileReport,
      linkedListReport,
    ]) {
      assert(validate(published(report)), JSON.stringify(validate.errors));
    }
  });

  it('publishes no field that the schema does not name', () => {
    const extended = addEverywhere(leakReport as unknown as Json) as unknown as typeof leakReport;
    assert(validate(published(extended)), JSON.stringify(validate.errors));
  });

  it('prints no character that a terminal acts on, and loses none', () => {
    const json = renderJson(hostileReport);
    assert.doesNotMatch(json, /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    assert.deepEqual(JSON.parse(json), hostileReport);
  });

  it('escapes format characters outside the basic plane', () => {
    const report = { ...cleanReport, notices: ['\u{e0001}'] };
    assert.match(renderJson(report), /"\\udb40\\udc01"/);
    assert.deepEqual(published(report), report);
  });
});

describe('report.schema.json', () => {
  it('refuses a report that lacks any one field', () => {
    const optional = /\.path\.\d+\.site$|\.residentBytes$|^\.headline$/;
    const fields = objectsIn(published()).flatMap(({ path, value }) =>
      Object.keys(value).map((key) => ({ path: [...path, key] })),
    );
    assert(fields.length > 50);
    for (const { path } of fields) {
      const name = `.${path.join('.')}`;
      const accepted = validate(edit(published(), path, remove));
      assert.equal(accepted, optional.test(name), name);
    }
  });

  it('names every role of a site, and says what it means', () => {
    const { role } = schema.$defs.site.properties;
    assert.deepEqual([...role.enum].sort(), Object.keys(ROLE_LABELS).sort());
    for (const name of role.enum)
      assert.match(role.description, new RegExp(`\\b${name} \\w`), name);
  });

  it('refuses a field that it does not name, at every level', () => {
    for (const { path } of objectsIn(published())) {
      const broken = edit(published(), [...path, 'extra'], (owner, key) => (owner[key] = 1));
      assert.equal(validate(broken), false, path.join('.'));
    }
  });

  const wrong: [path: string, value: Json][] = [
    ['schemaVersion', 2],
    ['verdict', 'maybe'],
    ['rounds', -1],
    ['rounds', 1.5],
    ['heapBytes', []],
    ['heapBytes.0', '1 MB'],
    ['memory', []],
    ['memory.0.externalBytes', -1],
    ['memory.0.residentBytes', '60 MB'],
    ['headline', ''],
    ['findings.0.rank', 0],
    ['findings.0.confidence', 1.1],
    ['findings.0.title', ''],
    ['findings.0.shape', 'blob'],
    ['findings.0.countPerRound', '200'],
    ['findings.0.sites.0.role', 'culprit'],
    ['findings.0.sites.0.line', 0],
    ['findings.0.sites.0.column', 0],
    ['findings.0.sites.0.file', ''],
    ['findings.0.sites.0.generated.line', 0],
    ['findings.0.path.0.objectId', 1.5],
    ['findings.0.path.6.site.column', 0],
    ['findings.0.evidence.0', null],
    ['findings.0.fix', ''],
    ['findings.0.bounded', 'yes'],
    ['notices', 'none'],
  ];
  for (const [path, value] of wrong) {
    it(`refuses ${path} = ${JSON.stringify(value)}`, () => {
      const broken = edit(published(), path.split('.'), (owner, key) => (owner[key] = value));
      assert.equal(validate(broken), false);
    });
  }
});

interface Located {
  readonly path: string[];
  readonly value: { [key: string]: Json };
}

/** Every object in a JSON value and the path to it. */
function objectsIn(value: Json, path: string[] = []): Located[] {
  if (typeof value !== 'object' || value === null) return [];
  const children = Object.entries(value).flatMap(([key, child]) =>
    objectsIn(child, [...path, key]),
  );
  return Array.isArray(value) ? children : [{ path, value }, ...children];
}

/** A copy of a JSON value with a field in every object that does not belong there. */
function addEverywhere(value: Json): Json {
  const copy = structuredClone(value);
  for (const { value: object } of objectsIn(copy)) object.node = 7;
  return copy;
}

function edit(
  root: Json,
  path: string[],
  change: (owner: Record<string, Json>, key: string) => void,
) {
  const owner = path
    .slice(0, -1)
    .reduce((value, key) => (value as Record<string, Json>)[key]!, root);
  change(owner as Record<string, Json>, path.at(-1)!);
  return root;
}

function remove(owner: Record<string, Json>, key: string): void {
  delete owner[key];
}
