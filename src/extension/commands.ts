import type { LeakReport } from '../leaks/leakReport';
import type { PlaceReference, RowContext } from '../webview/panelContract';

/**
 * Every command with its arguments. A command that is given an argument object asks nothing and
 * throws what goes wrong, so that tests, tasks and other extensions can build on it; without one it
 * asks the person and answers undefined where it came to nothing.
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
  'leakline.openPlace': (place: PlaceReference) => Promise<void>;
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

export interface ClearArguments {
  /** Also deletes all stored snapshots. */
  readonly snapshots?: boolean;
}

/** A finding of the current result; what the tree hands to the commands of its rows. */
interface FindingArgument {
  readonly rank: number;
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
  'leakline.openPlace': 'internal',
  'leakline.copyPath': 'internal',
  'leakline.revealInSource': 'internal',
};
