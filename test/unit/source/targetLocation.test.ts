import assert from 'node:assert/strict';
import path from 'node:path';
import {
  isBundlerName,
  localPathOf,
  locationOf,
  locationUrl,
  pathIn,
} from '../../../src/source/targetLocation';

describe('locationOf', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    '/app/dist/../a.js': '/app/a.js',
    'file:///app/a%20b/100%25.js': '/app/a b/100%.js',
    'file:///app/a.js?v=2#x': '/app/a.js',
    // What loaders put behind a file.
    'file:///app/src/a.ts?tsx-namespace=1700000000': '/app/src/a.ts',
    '/app/src/a.ts?namespace=1': '/app/src/a.ts',
    'C:\\app\\src\\a.ts': 'C:/app/src/a.ts',
    'file:///C:/app/src/a.ts': 'C:/app/src/a.ts',
    '\\\\server\\share\\a.ts': '//server/share/a.ts',
    'file://server/share/a.ts': '//server/share/a.ts',
    'webpack://shop/./src/a.ts': 'webpack://shop/src/a.ts',
    'webpack:///./src/a.ts?4f2c': 'webpack:///src/a.ts',
    'webpack://@scope%2Fshop/../../src/a.ts': 'webpack://@scope%2Fshop/src/a.ts',
    'webpack-internal:///(rsc)/./src/a.ts': 'webpack-internal:///(rsc)/src/a.ts',
    'turbopack://[project]/src/a.ts': 'turbopack://[project]/src/a.ts',
    'webpack://shop/100%.ts': 'webpack://shop/100%.ts',
    'https://shop.example/a.js': 'https://shop.example/a.js',
    'node:fs': undefined,
    '': undefined,
    'src/a.ts': undefined,
    'evalmachine.<anonymous>': undefined,
    'file:///%2fa.js': undefined,
    'file:///app/%E0%A4.js': undefined,
  };
  for (const [url, location] of Object.entries(cases)) {
    it(`reads ${url || 'an empty name'}`, () => assert.equal(locationOf(url), location));
  }
});

describe('localPathOf', () => {
  it('takes what can be a path of this machine', () => {
    assert.equal(localPathOf('/app/a.js', path.posix), '/app/a.js');
    assert.equal(localPathOf('C:/app/a.js', path.win32), 'C:\\app\\a.js');
  });

  it('takes nothing of another system, and no share of another machine', () => {
    assert.equal(localPathOf('C:/app/a.js', path.posix), undefined);
    assert.equal(localPathOf('/app/a.js', path.win32), undefined);
    for (const platform of [path.posix, path.win32]) {
      assert.equal(localPathOf('//server/share/a.js', platform), undefined);
      assert.equal(localPathOf('webpack://shop/a.js', platform), undefined);
    }
  });
});

describe('a location', () => {
  it('is a name of a bundler, or not', () => {
    for (const name of ['webpack://shop/a.ts', 'turbopack://[project]/a.ts']) {
      assert(isBundlerName(name), name);
    }
    for (const name of ['/app/a.ts', 'C:/a.ts', '//server/a.ts', 'https://shop.example/a.ts']) {
      assert(!isBundlerName(name), name);
    }
  });

  it('has a path below its drive, server or scheme', () => {
    for (const location of [
      '/src/a.ts',
      'C:/src/a.ts',
      '//server/src/a.ts',
      'webpack://shop/src/a.ts',
    ]) {
      assert.equal(pathIn(location), '/src/a.ts', location);
    }
  });

  it('is the URL of itself', () => {
    for (const location of [
      '/app/a b/100%.js',
      'C:/app/a#b.js',
      '//server/a.ts',
      'webpack://shop/a.ts',
    ]) {
      assert.equal(locationOf(locationUrl(location)), location);
    }
  });
});
