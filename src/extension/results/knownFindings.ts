import path from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposable';
import { Emitter } from '../../base/event';
import type { Finding } from '../../leaks/leakReport';
import { fingerprintOf } from '../../report/fingerprint';
import { KNOWN_FINDINGS_FILE, type KnownFinding } from '../../report/knownFindings';
import { plainText } from '../../report/plainText';
import { relativeToRoot } from '../../source/pathMapping';
import { authorName } from './authorName';
import type { ErrorReporter } from '../errorReporter';
import { KnownFindingsFile } from './knownFindingsFile';

/** Where a finding is decided on, and what names it there. */
interface FindingHome {
  readonly folder: string;
  readonly file: string;
  readonly fingerprint: string;
}

/**
 * What the team has decided to ignore, from the `.leakline.json` of each folder. A folder's file is
 * read when its first finding is asked for, and watched from then on.
 */
export class KnownFindings implements vscode.Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly watchers = new DisposableStore();
  private readonly entries = new Map<string, ReadonlyMap<string, KnownFinding>>();

  constructor(private readonly errors: ErrorReporter) {}

  /** Why a finding is ignored; undefined if it is not. @param root Of its report, absolute. */
  entryOf(root: string, finding: Finding): KnownFinding | undefined {
    const { folder, fingerprint } = homeOf(root, finding);
    return this.entriesIn(folder).get(fingerprint);
  }

  /** @throws LeaklineError `brokenFile`, `storage` */
  async ignore(root: string, finding: Finding, reason: string): Promise<void> {
    const { folder, file, fingerprint } = homeOf(root, finding);
    const author = await authorName(folder);
    const date = new Date().toISOString().slice(0, 10);
    const title = plainText(finding.title);
    new KnownFindingsFile(folder).add({
      ...{ fingerprint, title, ...(file !== '' && { file }) },
      ...{ reason, author, date },
    });
    this.reload(folder);
  }

  /** @throws LeaklineError `brokenFile`, `storage` */
  stopIgnoring(root: string, finding: Finding): void {
    const { folder, fingerprint } = homeOf(root, finding);
    new KnownFindingsFile(folder).remove(fingerprint);
    this.reload(folder);
  }

  dispose(): void {
    this.watchers.dispose();
    this.changed.dispose();
  }

  private entriesIn(folder: string): ReadonlyMap<string, KnownFinding> {
    let entries = this.entries.get(folder);
    if (!entries) {
      this.watch(folder);
      this.entries.set(folder, (entries = this.read(folder)));
    }
    return entries;
  }

  private watch(folder: string): void {
    const pattern = new vscode.RelativePattern(vscode.Uri.file(folder), KNOWN_FINDINGS_FILE);
    const watcher = this.watchers.add(vscode.workspace.createFileSystemWatcher(pattern));
    const reload = () => this.reload(folder);
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) {
      this.watchers.add(event(reload));
    }
  }

  private reload(folder: string): void {
    // Whoever is told asks at once, which starts watching a folder that is new.
    this.entriesIn(folder);
    this.entries.set(folder, this.read(folder));
    this.changed.fire();
  }

  private read(folder: string): ReadonlyMap<string, KnownFinding> {
    try {
      const entries = new KnownFindingsFile(folder).read();
      return new Map(entries.map((entry) => [entry.fingerprint, entry]));
    } catch (error) {
      this.errors.show(error);
      return new Map();
    }
  }
}

/** Each folder of the workspace decides on the findings in its own files. */
function homeOf(root: string, finding: Finding): FindingHome {
  const [site] = finding.sites;
  const place = site && path.resolve(root, site.file);
  const folderOf = (file: string) =>
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file))?.uri.fsPath;
  const folder = (place && folderOf(place)) ?? folderOf(root) ?? root;
  const file = place ? relativeToRoot(folder, place) : '';
  return { folder, file, fingerprint: fingerprintOf(finding, file) };
}
