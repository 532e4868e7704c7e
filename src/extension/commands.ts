import type { LeakReport, LeakShape } from '../leaks/leakReport';
import type { PlaceReference, RowContext } from '../webview/panelContract';
import type { ClosedProcess } from './run/openInspectorCommand';
import type { SnapshotRow } from './views/snapshotRows';
import type { TargetToConnect } from './views/targetCommands';
import type { TargetRow } from './views/targetRow';

/**
 * Every command with its arguments. A command that is given an argument object asks nothing and
 * throws what goes wrong, so that tests, tasks and other extensions can build on it; without one it
 * asks the person and answers undefined where it came to nothing. Reports leave out what
 * `.leakline.json` ignores.
 */
export interface CommandTable {
  'leakline.attach': (args?: AttachArguments) => Promise<void>;
  'leakline.detach': () => Promise<void>;
  /** Answers the absolute path of the snapshot. */
  'leakline.takeSnapshot': (args?: object) => Promise<string>;
  'leakline.findLeaks': (args?: FindLeaksArguments) => Promise<LeakReport>;
  'leakline.compareSnapshots': (args?: CompareSnapshotsArguments) => Promise<LeakReport>;
  'leakline.clear': (args?: ClearArguments) => Promise<void>;
  /** Ends the exercise that a guided run waits for. */
  'leakline.continue': () => void;
  /** Cancels what is running. */
  'leakline.cancel': () => void;
  /** Shows the retainers of a finding, or of the one shown last. */
  'leakline.showRetainers': (finding?: FindingArgument) => void;
  /** Leaves a finding out from now on. */
  'leakline.dismissFinding': (finding?: FindingArgument) => Promise<void>;
  /** Opens the page that explains leaks of a shape. */
  'leakline.explainShape': (shape: LeakShape) => Promise<void>;
  /** Puts a finding into `.leakline.json`; asks for the reason if none is given. */
  'leakline.ignoreFinding': (args: IgnoreFindingArguments) => Promise<void>;
  'leakline.stopIgnoringFinding': (finding: FindingArgument) => void;
  /** Puts a finding into the clipboard as Markdown. */
  'leakline.copyFinding': (finding: FindingArgument) => Promise<void>;
  'leakline.openPlace': (place: PlaceReference) => Promise<void>;
  /** Says which file here a URL of the target is; asks for the file if none is given. */
  'leakline.pickFile': (args: PickFileArguments) => Promise<void>;
  /** Repeats the last run, and says whether what leaked still does. */
  'leakline.verifyFix': (args?: VerifyFixArguments) => Promise<LeakReport>;
  /** Ends an extra round with the result that there is. */
  'leakline.showResult': () => void;
  'leakline.showActions': () => Promise<void>;
  'leakline.groupFindings': () => Promise<void>;
  'leakline.filterFindings': () => Promise<void>;
  'leakline.clearFilter': () => void;
  'leakline.refreshTargets': () => Promise<void>;
  'leakline.connectTarget': (target: TargetToConnect) => Promise<void>;
  /** Opens the inspector of a process, after having asked, and connects to it. */
  'leakline.openInspector': (process: ClosedProcess) => Promise<void>;
  'leakline.listWorkers': (row: TargetRow) => Promise<void>;
  /** Starts a program under the inspector and connects to it; asks for it if none is given. */
  'leakline.startProgram': (args?: StartArguments) => Promise<void>;
  'leakline.launchTarget': (row: TargetRow) => Promise<void>;
  'leakline.saveTarget': (row: TargetRow) => Promise<void>;
  'leakline.removeTarget': (row: TargetRow) => Promise<void>;
  'leakline.showCommandLine': (row: TargetRow) => Promise<void>;
  'leakline.renameSnapshot': (row?: SnapshotRow) => Promise<void>;
  'leakline.saveSnapshotAs': (row?: SnapshotRow) => Promise<void>;
  'leakline.exportRedacted': (row?: SnapshotRow) => Promise<void>;
  'leakline.deleteSnapshots': (
    row?: SnapshotRow,
    selected?: readonly SnapshotRow[],
  ) => Promise<void>;
  'leakline.compareSelected': (
    row?: SnapshotRow,
    selected?: readonly SnapshotRow[],
  ) => Promise<void>;
  /** Starts the demo shop, which leaks. */
  'leakline.startShop': () => Promise<void>;
  /** Finds the leak of the shop, which is started where it does not run. */
  'leakline.findShopLeak': () => Promise<LeakReport>;
  /** Runs the release of the shop that is fixed, and looks again. */
  'leakline.checkShopFix': () => Promise<LeakReport>;
  /** Answers the absolute path of the folder that the exercise was copied to. */
  'leakline.openGym': (args?: OpenGymArguments) => Promise<string>;
  /** Finds the leak of the exercise at hand. */
  'leakline.runExercise': () => Promise<LeakReport>;
  'leakline.showHint': () => void;
  'leakline.showSolution': () => Promise<void>;
  /** In the context menu of a row of the panel: how the row's object is held, to the clipboard. */
  'leakline.copyPath': (row: RowContext) => void;
  /** There too: opens the source of the row's object. */
  'leakline.revealInSource': (row: RowContext) => Promise<void>;
}

export interface AttachArguments {
  /** HOST:PORT, or the ws:// URL of a target; the setting `leakline.attachAddress` if absent. */
  readonly address?: string;
}

export interface FindLeaksArguments extends AttachArguments {
  /** A target's own URL, instead of `address`. */
  readonly webSocketUrl?: string;
  /** Shell command that exercises the program once; the setting if absent. */
  readonly driveCommand?: string;
  /** A VS Code task that does so instead, by its label. */
  readonly task?: string;
  readonly warmup?: number;
  readonly rounds?: number;
  readonly extraRounds?: number;
  readonly settleSeconds?: number;
  /** Records the stack of every allocation, which makes the program very slow. */
  readonly trackAllocations?: boolean;
  /** Keeps keys of the program's containers out of the report. */
  readonly hideKeys?: boolean;
  /** Absolute; files in the report are relative to it. The workspace folder if absent. */
  readonly root?: string;
}

export interface CompareSnapshotsArguments {
  /** Absolute paths of at least two snapshots, oldest first. */
  readonly paths: readonly string[];
  /** As in FindLeaksArguments. */
  readonly root?: string;
}

export interface VerifyFixArguments {
  /** Of the finding in question; all of the last run if absent. */
  readonly rank?: number;
  /** Where the fixed program is; what is attached to, or else where the last run was, if absent. */
  readonly address?: string;
}

export interface ClearArguments {
  /** Also deletes all stored snapshots. */
  readonly snapshots?: boolean;
}

export interface OpenGymArguments {
  /** Such as `map`; the name of its folder. */
  readonly exercise: string;
  /** Absolute; the exercises are copied into a folder `leak-gym` there. Own storage if absent. */
  readonly folder?: string;
}

/** A finding of the current result; what the tree hands to the commands of its rows. */
export interface FindingArgument {
  readonly rank: number;
}

export interface IgnoreFindingArguments extends FindingArgument {
  readonly reason?: string;
}

export interface StartArguments {
  /** Shell command that starts a Node.js program. */
  readonly command: string;
  /** Absolute: where it starts. The workspace folder if absent. */
  readonly root?: string;
}

export interface PickFileArguments {
  /** As the target has it. */
  readonly url: string;
  /** Absolute. */
  readonly file?: string;
}

export type CommandId = keyof CommandTable;

/** How a command may be come by: typed by a person, or only through what Leakline shows. */
export const COMMANDS: Readonly<Record<CommandId, 'public' | 'internal'>> = {
  'leakline.attach': 'public',
  'leakline.detach': 'public',
  'leakline.takeSnapshot': 'public',
  'leakline.findLeaks': 'public',
  'leakline.compareSnapshots': 'public',
  'leakline.clear': 'public',
  'leakline.continue': 'public',
  'leakline.cancel': 'public',
  'leakline.showRetainers': 'public',
  'leakline.dismissFinding': 'public',
  'leakline.explainShape': 'internal',
  'leakline.ignoreFinding': 'internal',
  'leakline.stopIgnoringFinding': 'internal',
  'leakline.copyFinding': 'internal',
  'leakline.openPlace': 'internal',
  'leakline.pickFile': 'internal',
  'leakline.verifyFix': 'public',
  'leakline.showResult': 'public',
  'leakline.showActions': 'public',
  'leakline.groupFindings': 'public',
  'leakline.filterFindings': 'public',
  'leakline.clearFilter': 'public',
  'leakline.refreshTargets': 'public',
  'leakline.connectTarget': 'internal',
  'leakline.openInspector': 'internal',
  'leakline.listWorkers': 'internal',
  'leakline.startProgram': 'public',
  'leakline.launchTarget': 'internal',
  'leakline.saveTarget': 'internal',
  'leakline.removeTarget': 'internal',
  'leakline.showCommandLine': 'internal',
  'leakline.renameSnapshot': 'internal',
  'leakline.saveSnapshotAs': 'internal',
  'leakline.exportRedacted': 'internal',
  'leakline.deleteSnapshots': 'internal',
  'leakline.compareSelected': 'internal',
  'leakline.startShop': 'public',
  'leakline.findShopLeak': 'public',
  'leakline.checkShopFix': 'public',
  'leakline.openGym': 'public',
  'leakline.runExercise': 'public',
  'leakline.showHint': 'public',
  'leakline.showSolution': 'public',
  'leakline.copyPath': 'internal',
  'leakline.revealInSource': 'internal',
};

/** What reaches for a process or starts one: refused in Restricted Mode. */
export const NEEDS_TRUST: ReadonlySet<CommandId> = new Set<CommandId>([
  'leakline.attach',
  'leakline.takeSnapshot',
  'leakline.findLeaks',
  'leakline.verifyFix',
  'leakline.refreshTargets',
  'leakline.connectTarget',
  'leakline.openInspector',
  'leakline.listWorkers',
  'leakline.startProgram',
  'leakline.launchTarget',
  'leakline.startShop',
  'leakline.findShopLeak',
  'leakline.checkShopFix',
  'leakline.runExercise',
]);
