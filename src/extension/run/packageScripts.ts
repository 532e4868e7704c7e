/** A script of a package.json and the command that runs it. */
export interface PackageScript {
  readonly name: string;
  /** What it does, as package.json has it. */
  readonly script: string;
  /** Program and arguments. */
  readonly command: readonly string[];
}

/** Whose lock file says who runs scripts; without one it is npm. */
const MANAGERS: readonly (readonly [string, string])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
];

/**
 * The scripts of a folder's package.json; none if it is not one. A name that a shell could take for more
 * than a name is left out.
 * @param text Of the package.json.
 * @param files Names of what else is in its folder.
 */
export function packageScripts(text: string, files: readonly string[]): PackageScript[] {
  const [, manager = 'npm'] = MANAGERS.find(([file]) => files.includes(file)) ?? [];
  return Object.entries(scriptsIn(text)).flatMap(([name, script]) =>
    typeof script === 'string' && /^\w[\w:.@/+-]*$/.test(name)
      ? [{ name, script, command: [manager, 'run', name] }]
      : [],
  );
}

function scriptsIn(text: string): object {
  try {
    const content: unknown = JSON.parse(text);
    const { scripts } = (content ?? {}) as { scripts?: unknown };
    return typeof scripts === 'object' && scripts !== null ? scripts : {};
  } catch {
    return {};
  }
}
