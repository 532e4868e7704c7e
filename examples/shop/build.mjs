// `node build.mjs`: the shop as it is deployed, one file with a source map and nothing to install.
import { build } from 'esbuild';

export const { metafile } = await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ['src/server.ts'],
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'linked',
  sourcesContent: false,
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
  metafile: true,
});
