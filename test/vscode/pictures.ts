import { copyFile, mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { projectRoot } from '../support/projectRoot';
import { windowDriver } from '../support/vscode/windowDriver';

const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  highContrast: 'Default High Contrast',
} as const;

export type Theme = keyof typeof THEMES;

/** The name of every theme that pictures are looked at in. */
export const themes = Object.keys(THEMES) as Theme[];

/** Does something while the window has a theme. */
export async function inTheme(theme: Theme, act: () => Promise<void>): Promise<void> {
  const workbench = vscode.workspace.getConfiguration('workbench');
  const changed = new Promise<void>((resolve) => {
    const wanted = theme === 'light' ? [1] : theme === 'dark' ? [2] : [3];
    const isThere = () => wanted.includes(vscode.window.activeColorTheme.kind);
    if (isThere()) return resolve();
    const subscription = vscode.window.onDidChangeActiveColorTheme(() => {
      if (!isThere()) return;
      subscription.dispose();
      resolve();
    });
  });
  await workbench.update('colorTheme', THEMES[theme], vscode.ConfigurationTarget.Global);
  try {
    await changed;
    await act();
  } finally {
    await workbench.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
  }
}

/** A screenshot that the gallery shows; `UPDATE_PICTURES=1` replaces the one in docs/images. */
export async function picture(name: string): Promise<void> {
  // Paths of this machine are nobody's business.
  const breadcrumbs = vscode.workspace.getConfiguration('breadcrumbs');
  await breadcrumbs.update('enabled', false, vscode.ConfigurationTarget.Global);
  await windowDriver.waitUntilGone({ selector: '.breadcrumbs-below-tabs' });
  const file = await windowDriver.screenshot(name);
  await breadcrumbs.update('enabled', undefined, vscode.ConfigurationTarget.Global);
  if (process.env['UPDATE_PICTURES'] !== '1') return;
  const folder = path.join(projectRoot, 'docs', 'images');
  await mkdir(folder, { recursive: true });
  await copyFile(file, path.join(folder, `${name}.png`));
}
