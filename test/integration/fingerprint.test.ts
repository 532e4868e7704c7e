import assert from 'node:assert/strict';
import { fingerprintOf } from '../../src/report/fingerprint';
import { findInModules } from '../support/leakingModules';
import { readShapePages } from '../support/shapePages';

const SHAPES = ['closure', 'listener', 'map', 'promise', 'timer'];

describe('fingerprintOf', function () {
  this.timeout(180_000);

  it('is the same in another run, whose lines have moved', async () => {
    const leaking = readShapePages().filter(({ shape }) => SHAPES.includes(shape));
    const runs: Record<string, string>[] = [];
    for (const above of ['', '// One more line,\n\n// and another.\n']) {
      const modules = leaking.map(({ shape, samples }) => {
        return [`${shape}.mjs`, above + samples.get('leaking')!] as const;
      });
      const { findings } = await findInModules(new Map(modules));
      const named = findings.map((finding) => {
        const file = finding.sites[0]?.file ?? '';
        return [file, fingerprintOf(finding, file)] as const;
      });
      runs.push(Object.fromEntries(named));
    }
    assert.deepEqual(Object.keys(runs[0]).sort(), SHAPES.map((shape) => `${shape}.mjs`).sort());
    assert.deepEqual(runs[0], runs[1]);
  });
});
