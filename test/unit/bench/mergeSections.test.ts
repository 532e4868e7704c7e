import assert from 'node:assert/strict';
import { mergeSections } from '../../bench/mergeSections';

const before =
  '# Results\n\nOld.\n\n## Load, s: 28 MB\n\n1\n\n## Load, m: 240 MB\n\n2\n\n## Diff\n\n3\n';

describe('mergeSections', () => {
  it('replaces the sections that are new, and keeps the others where they are', () => {
    assert.equal(
      mergeSections(before, '# Results\n\nNew.\n\n## Load, m: 250 MB\n\n4\n'),
      '# Results\n\nNew.\n\n## Load, s: 28 MB\n\n1\n\n## Load, m: 250 MB\n\n4\n\n## Diff\n\n3\n',
    );
  });

  it('puts what was not there at the end', () => {
    const added = '# Results\n\nNew.\n\n## Open\n\n5\n';
    assert.match(mergeSections(before, added), /## Diff\n\n3\n\n## Open\n\n5\n$/);
    assert.equal(mergeSections('', added), added);
  });
});
