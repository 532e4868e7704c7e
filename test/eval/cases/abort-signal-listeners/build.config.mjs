import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import swc from '@swc/wasm';

mkdirSync('dist', { recursive: true });
for (const name of readdirSync('src')) {
  const { code, map } = swc.transformSync(readFileSync('src/' + name, 'utf8'), {
    filename: name,
    sourceRoot: '../src',
    sourceMaps: true,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const output = name.replace(/ts$/, 'js');
  writeFileSync('dist/' + output, code + '\n//# sourceMappingURL=' + output + '.map\n');
  writeFileSync('dist/' + output + '.map', map);
}
