import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import type { SourcePlace } from '../../investigation/investigation';
import type { PlaceReference } from '../../webview/panelContract';
import type { CurrentResult } from './currentResult';
import { resolvePlace } from './places';
import { UnmappedError } from './unmappedError';

/**
 * Opens the line that a reference leads to.
 * @throws LeaklineError `usage` if it leads nowhere, `unmapped` if no file here is known to be the one
 * meant, `storage` if the file cannot be opened.
 */
export async function openPlace(
  results: CurrentResult,
  reference: PlaceReference,
  column?: vscode.ViewColumn,
): Promise<void> {
  const place = results.value && (await resolvePlace(results.value, reference));
  if (!place) {
    throw new LeaklineError(
      'usage',
      vscode.l10n.t('There is no source line for this.'),
      vscode.l10n.t('The result may have been replaced by a later one.'),
    );
  }
  if (place.unmapped) throw new UnmappedError(place.unmapped);
  await openInEditor(place, column);
}

/** @throws LeaklineError `storage` */
async function openInEditor(place: SourcePlace, column?: vscode.ViewColumn): Promise<void> {
  const position = new vscode.Position(place.line - 1, place.column - 1);
  try {
    await vscode.window.showTextDocument(vscode.Uri.file(place.file), {
      selection: new vscode.Range(position, position),
      ...(column !== undefined && { viewColumn: column }),
    });
  } catch (error) {
    throw new LeaklineError(
      'storage',
      vscode.l10n.t('Cannot open {0}.', place.file),
      vscode.l10n.t('Check that the file is still there.'),
      { cause: error },
    );
  }
}
