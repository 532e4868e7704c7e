import * as vscode from 'vscode';
import { runSummary } from '../../report/wording';
import type { CurrentResult } from '../results/currentResult';
import { Emitter } from '../../base/event';
import { findingRows, GROUPINGS, type FindingRow, type Grouping } from './findingRows';
import type { GuidedRun } from '../run/guidedRun';
import type { KnownFindings } from '../results/knownFindings';
import type { ManualExercise } from '../run/manualExercise';
import { RowView } from './rowView';
import { runRow } from './runRows';
import type { Memory } from './targetMemory';

/** What the view shows comes from these. */
interface FindingsSources {
  readonly results: CurrentResult;
  readonly known: KnownFindings;
  readonly guidedRun: GuidedRun;
  readonly manual: ManualExercise;
  /** Keeps how findings are grouped. */
  readonly memory: Memory;
}

const GROUPING = 'leakline.groupFindingsBy';

/** The view `leakline.findings`: the run that is at work with its steps, and what was found. */
export class FindingsView implements vscode.Disposable {
  private readonly view: RowView<FindingRow>;
  private readonly filterChanged = new Emitter<void>();
  readonly onDidChangeFilter = this.filterChanged.event;
  private words = '';

  constructor(private readonly sources: FindingsSources) {
    const { results, guidedRun, manual } = sources;
    this.view = new RowView('leakline.findings', () => this.rows());
    this.view.refreshOn(guidedRun.onDidChange, manual.onDidChange);
    this.view.own(manual.onDidChange(() => this.showMessage()));
    this.view.own(results.onDidChange(() => this.show()));
    this.view.own(this.filterChanged);
    this.show();
  }

  /** What findings must have to be shown; empty for all. */
  get filter(): string {
    return this.words;
  }

  set filter(words: string) {
    if (words === this.words) return;
    this.words = words;
    this.showMessage();
    this.view.refresh();
    this.filterChanged.fire();
  }

  /** The command `leakline.clearFilter`. */
  clearFilter(): void {
    this.filter = '';
  }

  /** The command `leakline.filterFindings`: filters while the person types; Escape undoes it. */
  async askFilter(): Promise<void> {
    const before = this.filter;
    const box = vscode.window.createInputBox();
    box.title = vscode.l10n.t('Filter Findings');
    box.placeholder = vscode.l10n.t('Words of the title, class, shape, file or line');
    box.value = before;
    box.show();
    const subscriptions = [box.onDidChangeValue((value) => (this.filter = value.trim()))];
    const accepted = await new Promise<boolean>((resolve) => {
      subscriptions.push(box.onDidAccept(() => resolve(true)));
      subscriptions.push(box.onDidHide(() => resolve(false)));
    });
    this.filter = accepted ? box.value.trim() : before;
    vscode.Disposable.from(...subscriptions, box).dispose();
  }

  /** The command `leakline.groupFindings`. */
  async askGrouping(): Promise<void> {
    const titles: Readonly<Record<Grouping, string>> = {
      file: vscode.l10n.t('By File'),
      class: vscode.l10n.t('By Class'),
      confidence: vscode.l10n.t('By Confidence'),
    };
    const items = GROUPINGS.map((grouping) => ({
      label: titles[grouping],
      ...(grouping === this.grouping && { description: vscode.l10n.t('now') }),
      grouping,
    }));
    const title = vscode.l10n.t('Group Findings');
    const picked = await vscode.window.showQuickPick(items, { title });
    if (!picked) return;
    await this.sources.memory.update(GROUPING, picked.grouping);
    this.view.refresh();
  }

  dispose(): void {
    this.view.dispose();
  }

  private get grouping(): Grouping {
    const kept = this.sources.memory.get<unknown>(GROUPING);
    return GROUPINGS.find((grouping) => grouping === kept) ?? 'file';
  }

  private rows(): FindingRow[] {
    const { results, known, guidedRun, manual } = this.sources;
    const { value } = results;
    const { grouping, filter } = this;
    return [
      ...(guidedRun.state ? [runRow(guidedRun.state, manual.waiting)] : []),
      ...(value
        ? findingRows(value, {
            grouping,
            filter,
            knownAs: (finding) => known.entryOf(value.root, finding),
          })
        : []),
    ];
  }

  /** What the person has to do comes before what is filtered. */
  private showMessage(): void {
    const filtered = this.words && vscode.l10n.t('Only findings with “{0}”', this.words);
    const turn = vscode.l10n.t('Your turn: exercise the program, then click the step that waits.');
    this.view.tree.message = this.sources.manual.waiting ? turn : filtered;
  }

  /** The title and the badge belong to the result, too. */
  private show(): void {
    const { tree } = this.view;
    const { report } = this.sources.results.value ?? {};
    tree.description = report ? runSummary(report) : '';
    const count = report?.findings.length ?? 0;
    const tooltip = count === 1 ? vscode.l10n.t('1 finding') : vscode.l10n.t('{0} findings', count);
    tree.badge = count === 0 ? undefined : { value: count, tooltip };
    this.view.refresh();
  }
}
