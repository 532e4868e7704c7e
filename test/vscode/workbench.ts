import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { shopFolder } from '../support/shop';
import { windowDriver } from '../support/vscode/windowDriver';

/** A file of the demo shop. */
export function shopFile(name: string): vscode.Uri {
  return vscode.Uri.file(path.join(shopFolder, name));
}

/** The 0-based line of a file of the shop that holds `text`; there must be just one. */
export function lineOf(name: string, text: string): number {
  const lines = readFileSync(path.join(shopFolder, name), 'utf8').split('\n');
  const matches = lines.flatMap((line, index) => (line.includes(text) ? [index] : []));
  assert.equal(matches.length, 1, `lines of ${name} with ${text}`);
  return matches[0];
}

/** What Leakline says of any file now. */
export function leaklineDiagnostics(): { uri: vscode.Uri; diagnostic: vscode.Diagnostic }[] {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) => diagnostics.map((diagnostic) => ({ uri, diagnostic })))
    .filter(({ diagnostic }) => diagnostic.source === 'Leakline');
}

/** Resolves once something holds of the diagnostics, which something else has to bring about. */
export async function diagnosticsChange(holds: () => boolean): Promise<void> {
  if (holds()) return;
  await new Promise<void>((resolve) => {
    const subscription = vscode.languages.onDidChangeDiagnostics(() => {
      if (!holds()) return;
      subscription.dispose();
      resolve();
    });
  });
}

/** Resolves once the cursor is on a 0-based line of a file, which something else has to open. */
export async function cursorOn(uri: vscode.Uri, line: number): Promise<void> {
  const isThere = () => {
    const editor = vscode.window.activeTextEditor;
    return editor?.document.uri.fsPath === uri.fsPath && editor.selection.active.line === line;
  };
  const disposables: vscode.Disposable[] = [];
  await new Promise<void>((resolve) => {
    const check = () => {
      if (isThere()) resolve();
    };
    disposables.push(
      vscode.window.onDidChangeActiveTextEditor(check),
      vscode.window.onDidChangeTextEditorSelection(check),
    );
    check();
  });
  for (const disposable of disposables) disposable.dispose();
}

/** The row of what is attached to, by its address. */
export function connectedRow(address: string): { selector: string } {
  return viewRow(`${address}, connected`);
}

/** A row of a Leakline view, by a part of what it shows. */
export function viewRow(text: string): { selector: string } {
  return { selector: `.pane-body .monaco-list-row:has-text(${JSON.stringify(text)})` };
}

/** An item of the menu that is open. */
export function menuItem(text: string): { selector: string } {
  return { selector: `.monaco-menu .action-item:has-text("${text}")` };
}

/** Opens the menu of a row by the keyboard. */
export async function openMenu(row: { selector: string }): Promise<void> {
  // A view that is just being refreshed gives the focus back to where it was.
  const focused = { selector: `${row.selector}.focused` };
  do await windowDriver.click(row);
  while ((await windowDriver.texts(focused)).length === 0);
  await windowDriver.press('Shift+F10');
}

/** Walks down the open menu, which takes no click in its first moments, to an item. */
export async function chooseMenuItem(text: string): Promise<void> {
  await windowDriver.waitFor(menuItem(text));
  const focused = { selector: '.monaco-menu .action-item.focused' };
  for (let steps = 0; steps < 20; steps++) {
    if ((await windowDriver.texts(focused)).some((shown) => shown.includes(text))) break;
    await windowDriver.press('ArrowDown');
  }
  await windowDriver.press('Enter');
  await windowDriver.waitUntilGone(menuItem(text));
}

/** Opens Leakline's views in the side bar. */
export async function showView(): Promise<void> {
  await vscode.commands.executeCommand('leakline.findings.focus');
}

/** Brings the panel to the front and the focus into its tree, with Tab as a person would. */
export async function focusPanelTree(): Promise<void> {
  await vscode.commands.executeCommand('leakline.showRetainers');
  await windowDriver.click({ selector: '#chain', inWebview: true });
  // Past the filter and the buttons; the tree itself is one tab stop.
  for (let stop = 1; stop <= 4; stop++) {
    await windowDriver.press('Tab');
    const focused = { selector: '[role=treeitem]:focus', inWebview: true };
    if ((await windowDriver.texts(focused)).length > 0) return;
  }
  assert.fail('Tab does not lead to the tree.');
}

/** Closes every message, so that what a test sees next is its own. */
export async function clearMessages(): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
}

/** Waits for a message that holds `text`, and for a button of it if one is named. */
export async function waitForMessage(text: string, button?: string): Promise<void> {
  await showMessages();
  await windowDriver.waitFor(message(text, button));
}

/** Presses a button of the message that holds `text`. */
export async function pressMessageButton(text: string, button: string): Promise<void> {
  await showMessages();
  await windowDriver.click(message(text, button));
}

/** Messages pop up by themselves only where no test drives the window. */
async function showMessages(): Promise<void> {
  await vscode.commands.executeCommand('notifications.showList');
}

function message(text: string, button?: string): { selector: string } {
  const item = `.notifications-center .notification-list-item:has-text(${JSON.stringify(text)})`;
  return { selector: button === undefined ? item : `${item} .monaco-button:has-text("${button}")` };
}
