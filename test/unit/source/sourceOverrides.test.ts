import assert from 'node:assert/strict';
import { applyOverrides } from '../../../src/source/sourceOverrides';

// What VS Code's debugger makes of the same patterns.
describe('applyOverrides', () => {
  it('replaces what the star stands for', () => {
    assert.equal(applyOverrides({ '/a/*': '/b/*' }, '/a/foo/bar'), '/b/foo/bar');
    assert.equal(applyOverrides({ '/a/*': '/b/*' }, '/q/foo/bar'), undefined);
    assert.equal(applyOverrides({ '/a/*': '/b' }, '/a/foo/bar'), '/b');
  });

  it('takes a pattern without a star for the folder', () => {
    assert.equal(applyOverrides({ '/a': '/b' }, '/a'), '/b');
    assert.equal(applyOverrides({ '/a': '/b' }, '/a/foo'), '/b/foo');
    assert.equal(applyOverrides({ '/a': '/b' }, '/ab'), undefined);
  });

  it('leaves out what ?:* stands for', () => {
    assert.equal(applyOverrides({ '/a/?:*/*': '/b/*' }, '/a/foo/bar'), '/b/bar');
    const webpack = { 'webpack://@?:*/?:*/*': '/shop/*', 'webpack://?:*/*': '/shop/*' };
    assert.equal(applyOverrides(webpack, 'webpack://lib/src/a.ts'), '/shop/src/a.ts');
    assert.equal(applyOverrides(webpack, 'webpack://@scope/lib/src/a.ts'), '/shop/src/a.ts');
  });

  it('goes by the longest pattern that fits', () => {
    assert.equal(applyOverrides({ '/a/*': '/c', '/a/foo': '/b' }, '/a/foo'), '/b');
    const modules = { 'webpack:///*': '/shop/*', 'webpack:///./~/*': '/shop/node_modules/*' };
    assert.equal(applyOverrides(modules, 'webpack:///./~/pg/a.js'), '/shop/node_modules/pg/a.js');
  });

  it('takes regular expressions, and $ for itself elsewhere', () => {
    assert.equal(applyOverrides({ '/a/([^/]+)/(.+)': '/c/dir-$1/$2' }, '/a/b/foo'), '/c/dir-b/foo');
    assert.equal(applyOverrides({ '/a/*': '/c/$/$1/$$/*' }, '/a/foo'), '/c/$/$1/$$/foo');
  });

  it('takes no notice of slashes and case', () => {
    assert.equal(
      applyOverrides({ 'H:\\build\\src\\*': '/shop/src/*' }, 'h:/Build/src/a.ts'),
      '/shop/src/a.ts',
    );
    assert.equal(
      applyOverrides({ 'webpack:/*': '/shop/*' }, 'webpack:///src/a.ts'),
      '/shop/src/a.ts',
    );
  });

  it('passes over patterns that cannot be used', () => {
    const bad = { '/a/*/*': '/b/*', '/a/b': '/b/*/*', '/a/(': '/c/$1' };
    assert.equal(applyOverrides(bad, '/a/b/c'), undefined);
  });
});
