// The import table of ARCHITECTURE.md. A layer may import what is listed, and nothing else of src.
const layers = {
  base: { own: [] },
  heap: { own: ['base'] },
  leaks: { own: ['base', 'heap'] },
  care: { own: ['base'], types: ['leaks'] },
  report: { own: ['base', 'care'], types: ['leaks', 'analysis'] },
  source: { own: ['base'], types: ['leaks'], node: true },
  inspector: { own: ['base'], node: true },
  tunnel: { own: ['base'], node: true },
  analysis: { own: ['base', 'heap', 'leaks'], node: true },
  investigation: {
    own: ['base', 'care', 'inspector', 'source', 'analysis'],
    types: ['leaks'],
    node: true,
  },
  webview: { own: ['base'], types: ['leaks', 'analysis'] },
  cli: {
    own: ['base', 'care', 'inspector', 'tunnel', 'source', 'analysis', 'investigation', 'report'],
    types: ['leaks'],
    node: true,
  },
  extension: {
    own: ['base', 'care', 'inspector', 'tunnel', 'source', 'analysis', 'investigation', 'report'],
    types: ['leaks', 'webview'],
    node: true,
  },
};

const allowedPaths = (layer, names) => `^src/(${[layer, ...names].join('|')})/`;

const layerRules = Object.entries(layers).flatMap(([layer, { own, types = [], node = false }]) => [
  {
    name: `${layer}-imports`,
    comment: `${layer} imports only ${[...own, ...types].join(', ') || 'itself'}`,
    severity: 'error',
    from: { path: `^src/${layer}/` },
    to: { path: '^src/', pathNot: allowedPaths(layer, [...own, ...types]) },
  },
  ...types.map((name) => ({
    name: `${layer}-imports-types-of-${name}`,
    comment: `${layer} imports only types from ${name}`,
    severity: 'error',
    from: { path: `^src/${layer}/` },
    to: { path: `^src/${name}/`, dependencyTypesNot: ['type-only'] },
  })),
  ...(node
    ? []
    : [
        {
          name: `${layer}-has-no-node`,
          comment: `${layer} runs without Node.js`,
          severity: 'error',
          from: { path: `^src/${layer}/` },
          to: { dependencyTypes: ['core'] },
        },
      ]),
]);

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'vscode-only-in-extension',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/extension/' },
      to: { path: '^vscode$|/@types/vscode/' },
    },
    {
      name: 'one-importer-of-chrome-remote-interface',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/inspector/cdpClient' },
      to: { path: 'chrome-remote-interface' },
    },
    {
      name: 'src-knows-no-test',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'only-declared-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'vscode',
      },
    },
    ...layerRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
