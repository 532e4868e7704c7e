import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../projectRoot';

/** Stand-ins for kubectl and docker, which log their arguments and refuse those that they do not know. */
export interface StandInTools {
  /** A folder for the PATH. */
  readonly folder: string;
  /** What they need to know: where to log, and the process that they take for the one in the container. */
  readonly env: NodeJS.ProcessEnv;
  /** The commands that were run, oldest first. */
  commands(): Promise<string[][]>;
}

/** @param folder gets the programs, and is made. */
export async function standInTools(folder: string, pid?: number): Promise<StandInTools> {
  await mkdir(folder, { recursive: true });
  for (const name of ['kubectl', 'docker']) {
    const script = path.join(projectRoot, 'test', 'fixtures', 'tools', `${name}.cjs`);
    const file = path.join(folder, name);
    await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
    await chmod(file, 0o755);
  }
  const log = path.join(folder, 'log');
  await writeFile(log, '');
  return {
    folder,
    env: {
      PATH: `${folder}${path.delimiter}${process.env['PATH']}`,
      TOOL_LOG: log,
      ...(pid !== undefined && { TOOL_PID: String(pid) }),
    },
    async commands() {
      const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
      return lines.map((line) => JSON.parse(line) as string[]);
    },
  };
}
