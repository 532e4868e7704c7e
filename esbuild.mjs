// Builds every bundle into dist/, and the types of `leakline/heap`. `--watch` rebuilds the bundles on
// change.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const watch = process.argv.includes('--watch');

// A copy of the protocol's description, for clients that ask for it; ours sends plain commands.
const withoutProtocolDescription = {
  name: 'without-protocol-description',
  setup(build) {
    build.onLoad({ filter: /chrome-remote-interface[\\/]lib[\\/]protocol\.json$/ }, () => ({
      contents: '{}',
      loader: 'json',
    }));
  },
};

const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'linked',
  sourcesContent: false,
  minifySyntax: true,
  outdir: 'dist',
  logLevel: 'warning',
  plugins: [withoutProtocolDescription],
};

const builds = [
  {
    ...node,
    entryPoints: {
      extension: 'src/extension/extension.ts',
      analysisWorker: 'src/analysis/analysisWorker.ts',
      heap: 'src/heap/publicApi.ts',
      loaderWorker: 'src/analysis/loaderWorker.ts',
    },
    external: ['vscode'],
  },
  {
    ...node,
    entryPoints: { cli: 'src/cli/main.ts' },
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    bundle: true,
    platform: 'browser',
    target: 'chrome122',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    entryPoints: [
      { in: 'src/webview/panel.tsx', out: 'panel' },
      { in: 'src/webview/panel.css', out: 'panel' },
    ],
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    outdir: 'dist',
    logLevel: 'warning',
  },
];

if (watch) {
  for (const options of builds) await (await esbuild.context(options)).watch();
  console.log('watching');
} else {
  rmSync('dist', { recursive: true, force: true });
  await Promise.all(builds.map((options) => esbuild.build(options)));
  const compiler = import.meta.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [fileURLToPath(compiler), '-p', 'tsconfig.types.json'], {
    stdio: 'inherit',
  });
}
