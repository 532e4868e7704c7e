import { existsSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import type { LeakReport } from '../../leaks/leakReport';
import type { OpenGymArguments } from '../commands';
import type { FindLeaksCommand } from '../run/findLeaksCommand';
import { EXERCISE_FILE, readExercises, SOLUTION_FILE, type GymExercise } from './gymExercise';
import type { Jobs } from '../jobs';
import { nodeCommand, type PracticeProgram } from './practiceProgram';

/** What the commands work with. */
interface GymParts {
  readonly practice: PracticeProgram;
  readonly jobs: Jobs;
  readonly findLeaks: FindLeaksCommand;
  /** Absolute: the gym inside the extension. */
  readonly shipped: string;
  /** Absolute: Leakline's own storage. */
  readonly storage: string;
  /** Remembers where the person wants the exercises. */
  readonly state: vscode.Memento;
}

/** An exercise that was copied for the person, who may have changed it. */
interface OpenExercise extends GymExercise {
  /** Absolute. */
  readonly folder: string;
}

const GYM_FOLDER = 'leak-gym';
const FOLDER_KEY = 'gymFolder';
const SOLUTION_SCHEME = 'leakline-solution';
const READY = /^\{"port":(\d+)\}$/;
/** What a person training does not get to see beforehand. */
const KEPT_BACK = [SOLUTION_FILE, 'expected.json'];

/** The leak gym: opens exercises, runs them, helps. */
export class GymCommands implements vscode.Disposable {
  private readonly disposables: vscode.Disposable[] = [];
  private exercise: OpenExercise | undefined;

  /** @param setInExercise Told whether the editor shows an exercise. */
  constructor(
    private readonly parts: GymParts,
    private readonly setInExercise: (inExercise: boolean) => void,
  ) {
    const onEditor = (editor: vscode.TextEditor | undefined) => editor && this.follow(editor);
    this.disposables.push(
      vscode.window.onDidChangeActiveTextEditor(onEditor),
      vscode.workspace.registerTextDocumentContentProvider(SOLUTION_SCHEME, {
        provideTextDocumentContent: ({ path: name }) =>
          readFile(
            path.join(this.parts.shipped, path.basename(name, '.js'), SOLUTION_FILE),
            'utf8',
          ),
      }),
    );
    onEditor(vscode.window.activeTextEditor);
  }

  /** The command `leakline.openGym`. @returns the absolute path of the exercise's folder. */
  async open(args?: OpenGymArguments): Promise<string> {
    const exercises = readExercises(this.parts.shipped);
    const name = args?.exercise ?? (await chooseExercise(exercises));
    const exercise = exercises.find((candidate) => candidate.name === name);
    if (!exercise) {
      const message = vscode.l10n.t('There is no exercise {0}.', name);
      throw new LeaklineError('usage', message);
    }
    const parent = args ? (args.folder ?? this.parts.storage) : await this.chooseFolder();
    const gym = path.join(parent, GYM_FOLDER);
    // What the person has changed stays as it is.
    await cp(this.parts.shipped, gym, {
      recursive: true,
      force: false,
      filter: (file) => !KEPT_BACK.includes(path.basename(file)),
    });
    await this.parts.state.update(FOLDER_KEY, parent);
    await this.show({ ...exercise, folder: path.join(gym, name) });
    return path.join(gym, name);
  }

  /** The command `leakline.runExercise`. */
  async run(): Promise<LeakReport> {
    const { practice, jobs, findLeaks } = this.parts;
    const { folder, title } = this.required();
    await saveFile(path.join(folder, EXERCISE_FILE));
    const program = await jobs.run(vscode.l10n.t('Starting {0}', title), ({ signal }) =>
      practice.start({ folder, file: EXERCISE_FILE, ready: READY }, signal),
    );
    return findLeaks.run({
      address: program.inspector,
      driveCommand: nodeCommand(path.join('..', 'drive.js'), program.address),
      root: folder,
    });
  }

  /** The command `leakline.showHint`. */
  showHint(): void {
    const { hint } = this.required();
    void vscode.window.showInformationMessage(vscode.l10n.t('Hint: {0}', hint));
  }

  /** The command `leakline.showSolution`: what to change, beside what the person has. */
  async showSolution(): Promise<void> {
    const { name, title, folder } = this.required();
    const own = vscode.Uri.file(path.join(folder, EXERCISE_FILE));
    // With the ending, so that it is shown as what it is.
    const solution = vscode.Uri.from({ scheme: SOLUTION_SCHEME, path: `/${name}.js` });
    const heading = vscode.l10n.t('{0}: yours ↔ solution', title);
    await vscode.commands.executeCommand('vscode.diff', own, solution, heading);
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private async show(exercise: OpenExercise): Promise<void> {
    const file = vscode.Uri.file(path.join(exercise.folder, EXERCISE_FILE));
    const task = vscode.Uri.file(path.join(exercise.folder, 'README.md'));
    await vscode.commands.executeCommand('markdown.showPreview', task);
    await vscode.window.showTextDocument(file, { viewColumn: vscode.ViewColumn.Beside });
  }

  /** The exercise whose files the person looks at; its description in a preview counts as such. */
  private follow({ document }: vscode.TextEditor): void {
    const folder = path.dirname(document.uri.fsPath);
    const isExercise =
      path.basename(path.dirname(folder)) === GYM_FOLDER &&
      existsSync(path.join(folder, EXERCISE_FILE));
    const known = isExercise ? readExercises(this.parts.shipped) : [];
    const exercise = known.find(({ name }) => name === path.basename(folder));
    const isSolution = document.uri.scheme === SOLUTION_SCHEME;
    if (!isSolution) this.exercise = exercise && { ...exercise, folder };
    this.setInExercise(this.exercise !== undefined);
  }

  private required(): OpenExercise {
    if (this.exercise) return this.exercise;
    throw new LeaklineError(
      'usage',
      vscode.l10n.t('No exercise is open.'),
      vscode.l10n.t('Open one with Leakline: Open Leak Gym…'),
    );
  }

  /** @throws LeaklineError `cancelled` if the person chooses none. */
  private async chooseFolder(): Promise<string> {
    const remembered = this.parts.state.get<string>(FOLDER_KEY);
    if (remembered !== undefined && existsSync(remembered)) return remembered;
    const own = {
      label: `$(archive) ${vscode.l10n.t("In Leakline's Storage")}`,
      detail: this.parts.storage,
    };
    const another = {
      label: `$(folder-opened) ${vscode.l10n.t('In a Folder of Yours…')}`,
      detail: vscode.l10n.t('A folder {0} is made there.', GYM_FOLDER),
    };
    const picked = await vscode.window.showQuickPick([own, another], {
      title: vscode.l10n.t('Leak Gym'),
      placeHolder: vscode.l10n.t('Where are the exercises copied to, for you to change them?'),
    });
    if (picked === own) return this.parts.storage;
    const options = { canSelectFolders: true, canSelectFiles: false };
    const chosen = picked && (await vscode.window.showOpenDialog(options));
    if (!chosen?.[0]) throw new LeaklineError('cancelled', 'Cancelled.');
    return chosen[0].fsPath;
  }
}

/** @throws LeaklineError `cancelled` if the person chooses none. */
async function chooseExercise(exercises: readonly GymExercise[]): Promise<string> {
  const items = exercises.map(({ name, title, task }) => ({
    label: title,
    description: name,
    detail: task,
    name,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Leak Gym'),
    placeHolder: vscode.l10n.t('Which leak do you want to find?'),
    matchOnDescription: true,
  });
  if (!picked) throw new LeaklineError('cancelled', 'Cancelled.');
  return picked.name;
}

/** Saves a file if it is open with changes. */
async function saveFile(file: string): Promise<void> {
  const isIt = ({ uri }: vscode.TextDocument) => uri.scheme === 'file' && uri.fsPath === file;
  await vscode.workspace.textDocuments.find(isIt)?.save();
}
