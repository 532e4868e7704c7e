import * as l10n from '@vscode/l10n';
import { LeaklineError } from '../../base/errors';
import type { UnmappedUrl } from '../../leaks/leakReport';
import { plainText } from '../../report/plainText';

/** No file here is known to be the one that the target names. */
export class UnmappedError extends LeaklineError {
  constructor(readonly where: UnmappedUrl) {
    super(
      'unmapped',
      l10n.t('No file of the workspace is known to be {0}.', plainText(where.url, 300)),
      l10n.t('Tried: {0}', plainText(where.tried.join(' '))),
    );
  }
}
