import assert from 'node:assert/strict';
import { position0, toBase1 } from '../../../src/base/position';
import type { AllocationFrame, AllocationProfile } from '../../../src/base/allocationProfile';
import { AllocationWitness, type Claim } from '../../../src/investigation/allocationWitness';
import type { Site } from '../../../src/leaks/leakReport';
import { parseSyntaxTree } from '../../../src/source/syntaxTree';

const FILES = {
  'src/shop.js': `const { remember } = require('memo-box');
function handle(i) {
  const key = 'page' + i;
  remember(key);
}
function idle() {
  return 1;
}`,
  'node_modules/memo-box/index.js': `const seen = [];
function remember(key) {
  seen.push({ key });
}`,
};
type Name = keyof typeof FILES;
const NAMES = Object.keys(FILES) as Name[];

/** The place of a marker, which is the only one in its file. */
function placeOf(name: Name, marker: string) {
  const [before] = FILES[name].split(marker);
  const lines = before.split('\n');
  return position0(lines.length - 1, lines.at(-1)!.length);
}

function siteAt(name: Name, marker: string, role: Site['role'] = 'growth'): Site {
  const { line, column } = toBase1(placeOf(name, marker));
  return { role, file: name, line, column, text: '', generated: { url: `/${name}`, line, column } };
}

function frame(name: Name, functionName: string): AllocationFrame {
  const scriptId = NAMES.indexOf(name) + 1;
  const { line, column } = placeOf(name, `function ${functionName}`);
  const position = position0(line, column + `function ${functionName}`.length);
  return { functionName, scriptId, url: `/${name}`, position };
}

const handle = frame('src/shop.js', 'handle');
const idle = frame('src/shop.js', 'idle');
const remember = frame('node_modules/memo-box/index.js', 'remember');

function examine(
  claim: Partial<Claim>,
  ...stacks: { bytes: number; frames: AllocationFrame[] }[]
): Promise<Claim> {
  return examineWith({ kind: 'sampled', stacks }, claim);
}

function examineWith(profile: AllocationProfile, claim: Partial<Claim>): Promise<Claim> {
  const witness = new AllocationWitness(profile, {
    scripts: NAMES.map((name, index) => ({ scriptId: index + 1, url: `/${name}` })),
    treeOf: (scriptId) => {
      const name = NAMES[scriptId - 1];
      return Promise.resolve(parseSyntaxTree(FILES[name], name));
    },
    allocationSite: (scriptId, position) => {
      const file = NAMES[scriptId - 1];
      const { line, column } = toBase1(position);
      const generated = { url: `/${file}`, line, column };
      return Promise.resolve({ role: 'allocation', file, line, column, text: '', generated });
    },
  });
  return witness.examine({
    confidence: 0.8,
    grownBytes: 100_000,
    sites: [],
    evidence: [],
    ...claim,
  });
}

describe('AllocationWitness', () => {
  const growth = siteAt('src/shop.js', 'const key');
  const inPackage = siteAt('node_modules/memo-box/index.js', 'seen.push');

  it('believes a site more if what lives was made in its function', async () => {
    const { confidence, evidence, sites } = await examine(
      { sites: [growth] },
      { bytes: 70_000, frames: [handle] },
      { bytes: 20_000, frames: [remember, handle] },
    );
    assert.equal(confidence, 0.86);
    assert.deepEqual(sites, [growth]);
    assert.deepEqual(evidence, [
      'Sampled allocations agree: about 90.0 kB still alive were allocated in calls of `handle` ' +
        '(src/shop.js:2).',
    ]);
  });

  it('says which function made most of it, if it is another', async () => {
    const { evidence } = await examine(
      { sites: [growth] },
      { bytes: 20_000, frames: [handle] },
      { bytes: 70_000, frames: [remember, handle] },
    );
    assert.match(
      evidence[0],
      /`handle` \(src\/shop\.js:2\), most of it by `remember` \(node_modules\/memo-box\/index\.js:2\)\.$/,
    );
  });

  it('does not call exact what was sampled, nor the other way round', async () => {
    const stacks = [{ bytes: 90_000, frames: [handle] }];
    const { evidence } = await examineWith({ kind: 'recorded', stacks }, { sites: [growth] });
    assert.deepEqual(evidence, [
      'Recorded allocations agree: 90.0 kB still alive were allocated in calls of `handle` ' +
        '(src/shop.js:2).',
    ]);
  });

  it('says where they agree with another site, and believes the first no more', async () => {
    const first = siteAt('src/shop.js', 'return 1');
    const claim = await examine({ sites: [first, growth] }, { bytes: 90_000, frames: [handle] });
    assert.equal(claim.confidence, 0.8);
    assert.equal(claim.evidence.length, 1);
    assert.deepEqual(claim.sites, [first, growth]);
  });

  it('makes no leak of what is in doubt', async () => {
    const claim = { sites: [growth], confidence: 0.4 };
    const { confidence } = await examine(claim, { bytes: 90_000, frames: [handle] });
    assert.equal(confidence, 0.4);
  });

  it('has nothing to add where others allocate, or too little, or it is only declared', async () => {
    for (const [site, ...stacks] of [
      [growth, { bytes: 90_000, frames: [idle] }],
      [growth, { bytes: 10_000, frames: [handle] }, { bytes: 90_000, frames: [idle] }],
      [
        { ...growth, role: 'retention' },
        { bytes: 90_000, frames: [handle] },
      ],
    ] as [Site, ...{ bytes: number; frames: AllocationFrame[] }[]][]) {
      const claim = await examine({ sites: [site] }, ...stacks);
      assert.deepEqual([claim.confidence, claim.evidence], [0.8, []]);
    }
  });

  it("adds the user's call into the package that all sites are in", async () => {
    const { sites, evidence } = await examine(
      { sites: [inPackage, siteAt('node_modules/memo-box/index.js', 'seen =', 'retention')] },
      { bytes: 50_000, frames: [remember, handle] },
      { bytes: 60_000, frames: [idle] },
    );
    assert.deepEqual(
      sites.map(({ role, file, line }) => `${role} ${file}:${line}`),
      [
        'growth node_modules/memo-box/index.js:3',
        'allocation src/shop.js:4',
        'retention node_modules/memo-box/index.js:1',
      ],
    );
    assert.match(
      evidence[1],
      /^Sampled allocations: about 50\.0 kB .* `handle` \(src\/shop\.js:2\)/,
    );
  });

  it('names the function that makes most, where no site was found at all', async () => {
    const { sites } = await examine(
      {},
      { bytes: 90_000, frames: [idle] },
      { bytes: 20_000, frames: [remember, handle] },
    );
    assert.deepEqual(
      sites.map(({ file, line }) => `${file}:${line}`),
      ['src/shop.js:6'],
    );
  });

  it('leaves everything as it is without samples', async () => {
    const claim = await examine({ sites: [inPackage], evidence: ['It grows.'] });
    assert.deepEqual([claim.sites, claim.evidence], [[inPackage], ['It grows.']]);
  });
});
