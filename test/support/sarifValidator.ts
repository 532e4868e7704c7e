import { chmod, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { cachedFolder } from './vscode/cachedFolder';
import { npmInstall } from './vscode/npmInstall';
import { sarifValidatorVersion } from './vscode/pinnedVersions';
import { runCommand } from './vscode/runCommand';

/** What the validator says of a file. */
export interface SarifComplaint {
  /** Such as `SARIF2005`; `GH…` for what GitHub code scanning asks for. */
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'note';
  /** Which part of the file it is about, and the like. */
  readonly about: readonly string[];
}

interface Log {
  readonly runs: readonly [
    {
      readonly results: readonly {
        readonly ruleId: string;
        readonly level?: SarifComplaint['level'];
        readonly message: { readonly arguments?: readonly string[] };
      }[];
    },
  ];
}

/** The validator of the SARIF SDK's authors, installed into the cache on first use. */
async function provideValidator(): Promise<string> {
  const name = '@microsoft/sarif-multitool-linux';
  const folder = await cachedFolder(`sarif-multitool-${sarifValidatorVersion}`, async (partial) => {
    await npmInstall(partial, ['--no-save', `${name}@${sarifValidatorVersion}`]);
    await chmod(path.join(partial, 'node_modules', name, 'Sarif.Multitool'), 0o755);
  });
  return path.join(folder, 'node_modules', name);
}

/**
 * Validates a file by the schema of SARIF 2.1.0, its rules, and those of GitHub code scanning.
 * @throws if the validator cannot be had or run
 */
export async function validateSarif(file: string): Promise<SarifComplaint[]> {
  const validator = await provideValidator();
  const output = `${file}.complaints`;
  const args = ['--json-schema', path.join(validator, 'sarif-2.1.0.json'), '--output', output];
  const all = [
    '--log',
    'ForceOverwrite',
    '--rule-kind',
    'Sarif;Ghas',
    '--level',
    'Error;Warning;Note',
  ];
  await rm(output, { force: true });
  await runCommand(path.join(validator, 'Sarif.Multitool'), ['validate', file, ...args, ...all], {
    // It shows numbers and dates to nobody here.
    env: { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
  }).catch(() => {}); // it fails on complaints
  const { runs } = JSON.parse(await readFile(output, 'utf8')) as Log;
  return runs[0].results.map(({ ruleId, level = 'warning', message }) => ({
    rule: ruleId,
    level,
    about: message.arguments ?? [],
  }));
}
