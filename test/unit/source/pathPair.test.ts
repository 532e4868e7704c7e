import assert from 'node:assert/strict';
import path from 'node:path';
import { applyPair, pairFromPick, parsePathPair } from '../../../src/source/pathPair';

describe('applyPair', () => {
  const apply = (remoteRoot: string, location: string) =>
    applyPair({ remoteRoot, localRoot: '/shop' }, location, path.posix);

  it('moves what is below the remote root', () => {
    assert.equal(apply('/app', '/app/src/a.ts'), '/shop/src/a.ts');
    assert.equal(apply('/app/', '/app/src/a.ts'), '/shop/src/a.ts');
    assert.equal(apply('file:///app', '/app/src/a.ts'), '/shop/src/a.ts');
    assert.equal(apply('/', '/app/src/a.ts'), '/shop/app/src/a.ts');
    assert.equal(apply('webpack://shop/./', 'webpack://shop/src/a.ts'), '/shop/src/a.ts');
    assert.equal(apply('webpack://shop', 'webpack://shop/src/a.ts'), '/shop/src/a.ts');
    assert.equal(apply('/app/a.ts', '/app/a.ts'), '/shop');
  });

  it('leaves alone what only begins alike', () => {
    assert.equal(apply('/app', '/application/a.ts'), undefined);
    assert.equal(apply('/app', '/srv/app/a.ts'), undefined);
    assert.equal(apply('/App', '/app/a.ts'), undefined);
  });

  it('ignores the case of Windows paths, and leads to them', () => {
    assert.equal(apply('c:\\App', 'C:/app/src/a.ts'), '/shop/src/a.ts');
    const pair = { remoteRoot: '/app', localRoot: 'D:\\shop' };
    assert.equal(applyPair(pair, '/app/src/a.ts', path.win32), 'D:\\shop\\src\\a.ts');
  });
});

describe('pairFromPick', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['/app/src/a.ts', '/shop/packages/web/src/a.ts', '/app', '/shop/packages/web'],
    ['/a.ts', '/shop/a.ts', '/', '/shop'],
    ['/app/src/a.ts', '/shop/src/b.ts', '/app/src/a.ts', '/shop/src/b.ts'],
    ['webpack:///src/a.ts', '/shop/web/src/a.ts', 'webpack://', '/shop/web'],
    ['C:/app/src/a.ts', '/shop/src/a.ts', 'C:/app', '/shop'],
  ];
  for (const [location, file, remoteRoot, localRoot] of cases) {
    it(`leads from ${location} to ${file}`, () => {
      const pair = pairFromPick(location, file, path.posix);
      assert.deepEqual(pair, { remoteRoot, localRoot });
      assert.equal(applyPair(pair, location, path.posix), file);
    });
  }

  it('knows the paths of Windows', () => {
    const pair = pairFromPick('/app/src/a.ts', 'C:\\shop\\src\\a.ts', path.win32);
    assert.deepEqual(pair, { remoteRoot: '/app', localRoot: 'C:\\shop' });
  });
});

describe('parsePathPair', () => {
  it('reads REMOTE=LOCAL', () => {
    const localRoot = path.resolve('/shop', 'packages/a=b');
    assert.deepEqual(parsePathPair('/app=packages/a=b', '/shop'), {
      remoteRoot: '/app',
      localRoot,
    });
  });

  it('refuses what is no pair', () => {
    for (const text of ['/app', '=/shop', '/app=', '']) {
      assert.throws(() => parsePathPair(text, '/'), { code: 'usage' }, text);
    }
  });
});
