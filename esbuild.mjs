// Builds every bundle into dist/, the types of `leakline/heap` and the demo shop. `--watch` rebuilds the
// bundles on change. `--package` makes what the packaged extension runs, small, in out/extension/dist.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { thirdPartyNotices } from './tools/thirdPartyNotices.mjs';

const watch = process.argv.includes('--watch');
const forPackage = process.argv.includes('--package');

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

/**
 * All modules share one copy of VS Code's interface. Else each import makes its own, with a getter for
 * every export, while the extension is being activated.
 */
const oneCopyOfVscode = {
  name: 'one-copy-of-vscode',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'vscode-copy'
        ? { path: 'vscode', external: true }
        : { path: 'vscode', namespace: 'vscode-copy' },
    );
    build.onLoad({ filter: /.*/, namespace: 'vscode-copy' }, () => ({
      contents: "export * from 'vscode';",
    }));
  },
};

const common = {
  bundle: true,
  sourcemap: forPackage ? false : 'linked',
  sourcesContent: false,
  outdir: forPackage ? 'out/extension/dist' : 'dist',
  logLevel: 'warning',
};

const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: forPackage,
  minifyIdentifiers: forPackage,
  plugins: [withoutProtocolDescription],
};

const extension = [
  {
    ...node,
    entryPoints: {
      extension: 'src/extension/extension.ts',
      analysisWorker: 'src/analysis/analysisWorker.ts',
      loaderWorker: 'src/analysis/loaderWorker.ts',
      tunnelGuard: 'src/tunnel/tunnelGuard.ts',
    },
    plugins: [...node.plugins, oneCopyOfVscode],
  },
  {
    ...common,
    platform: 'browser',
    target: 'chrome122',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    entryPoints: [
      { in: 'src/webview/panel.tsx', out: 'panel' },
      { in: 'src/webview/panel.css', out: 'panel' },
    ],
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
];

const npmPackage = [
  { ...node, entryPoints: { heap: 'src/heap/publicApi.ts' } },
  {
    ...node,
    entryPoints: { cli: 'src/cli/main.ts' },
    banner: { js: '#!/usr/bin/env node' },
  },
];

const builds = forPackage ? extension : [...extension, ...npmPackage];

if (watch) {
  for (const options of builds) await (await esbuild.context(options)).watch();
  console.log('watching');
} else {
  rmSync(common.outdir, { recursive: true, force: true });
  const [results, shop] = await Promise.all([
    Promise.all(builds.map((options) => esbuild.build({ ...options, metafile: true }))),
    import('./examples/shop/build.mjs'),
  ]);
  const metafiles = [...results, shop].map(({ metafile }) => metafile);
  const notices = thirdPartyNotices(metafiles, import.meta.dirname);
  writeFileSync(`${common.outdir}/THIRD_PARTY_NOTICES.txt`, notices);
  if (!forPackage) emitTypes();
}

function emitTypes() {
  const compiler = import.meta.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [fileURLToPath(compiler), '-p', 'tsconfig.types.json'], {
    stdio: 'inherit',
  });
}
