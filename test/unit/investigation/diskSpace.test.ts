import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { requireDiskSpace } from '../../../src/investigation/diskSpace';

describe('requireDiskSpace', () => {
  const free = (bytes: number) => () => Promise.resolve({ bavail: bytes / 4096, bsize: 4096 });

  it('ends a run whose snapshot cannot fit, and says what to do', async () => {
    await assert.rejects(requireDiskSpace('/snapshots', 200e6, 150e6, free(100e6)), {
      code: 'storage',
      message:
        /too little space in \/snapshots: 100 MB are free, .* takes 150 MB or more\. None was taken/,
      hint: /Delete snapshots/,
    });
  });

  it('knows little of the first, but not nothing', async () => {
    const first = requireDiskSpace('/snapshots', 200e6, undefined, free(10e6));
    await assert.rejects(first, { code: 'storage', message: /takes 20\.0 MB or more/ });
  });

  it('lets one be taken that may fit', async () => {
    await requireDiskSpace('/snapshots', 200e6, 150e6, free(151e6));
    await requireDiskSpace('/snapshots', 200e6, undefined, free(30e6));
    await requireDiskSpace(tmpdir(), 1, undefined);
  });

  it('leaves it to the capture where nobody tells', async () => {
    await requireDiskSpace('/snapshots', 200e6, undefined, () =>
      Promise.reject(new Error('no such system')),
    );
  });
});
