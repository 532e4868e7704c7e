import { stat } from 'node:fs/promises';
import { formatBytes } from '../base/bytes';
import { LeaklineError } from '../base/errors';
import { copyRedacted } from '../investigation/copySnapshot';
import type { ProgressLine } from './progress';
import type { RedactOptions } from './redactOptions';
import { workerPath } from './workerPath';

/**
 * `leakline redact`: copies a snapshot without the values of the program.
 * @returns what to tell the person
 * @throws LeaklineError
 */
export async function runRedact(
  { snapshot, output }: RedactOptions,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<string> {
  if (await stat(output).catch(() => undefined)) {
    throw new LeaklineError(
      'usage',
      `There is a file ${output} already.`,
      'Name one that is not there yet.',
    );
  }
  await copyRedacted(snapshot, output, { onProgress: progress.show, signal, workerPath });
  const { size } = await stat(output);
  return `Redacted snapshot written to ${output} (${formatBytes(size)})`;
}
