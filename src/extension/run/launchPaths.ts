import type { LaunchPaths } from '../../source/pathMapper';

/** A workspace folder, for what configurations write as `${workspaceFolder}`. */
export interface Folder {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/**
 * How a launch configuration maps paths; undefined if it says nothing of them.
 * @param configuration An entry of launch.json, or what a debug session has of it: may be anything.
 */
export function launchPaths(configuration: unknown, folder: Folder): LaunchPaths | undefined {
  const { name, remoteRoot, localRoot, sourceMapPathOverrides } = fields(configuration);
  const remote = resolved(remoteRoot, folder);
  const local = resolved(localRoot, folder);
  const overrides = Object.entries(fields(sourceMapPathOverrides)).flatMap(([from, to]) => {
    const [pattern, replacement] = [resolved(from, folder), resolved(to, folder)];
    return pattern !== undefined && replacement !== undefined ? [[pattern, replacement]] : [];
  });
  const hasPair = remote !== undefined && local !== undefined;
  if (!hasPair && overrides.length === 0) return undefined;
  return {
    name: typeof name === 'string' ? name : '',
    ...(hasPair && { pair: { remoteRoot: remote, localRoot: local } }),
    ...(overrides.length > 0 && {
      overrides: Object.fromEntries(overrides) as Record<string, string>,
    }),
  };
}

/** Text with the variables of the folder in place; undefined for other variables, and for no text. */
export function resolved(text: unknown, folder: Folder): string | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  const known = text
    .replaceAll(`\${workspaceFolder:${folder.name}}`, () => folder.path)
    .replaceAll(/\$\{workspace(?:Folder|Root)\}/g, () => folder.path);
  return known.includes('${') ? undefined : known;
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
