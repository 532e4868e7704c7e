import path from 'node:path';
import * as vscode from 'vscode';
import { SnapshotStore } from '../investigation/snapshotStore';
import { AttachCommand } from './attachCommand';
import { ClearCommand } from './clearCommand';
import { registerCommands } from './commandRegistry';
import { CompareSnapshotsCommand } from './compareSnapshotsCommand';
import { Connection } from './connection';
import { publishContextKeys } from './contextKeys';
import { CurrentResult } from './currentResult';
import { DiagnosticsPublisher } from './diagnosticsPublisher';
import { ErrorReporter } from './errorReporter';
import { FindLeaksCommand } from './findLeaksCommand';
import { GymCommands } from './gymCommands';
import { Jobs } from './jobs';
import { lazyModules } from './lazyModules';
import { ManualExercise } from './manualExercise';
import { openPlace } from './openPlace';
import { OverviewTree } from './overviewTree';
import { PracticeProgram } from './practiceProgram';
import { RetainerPanel } from './retainerPanel';
import { readSettings } from './settings';
import { ShopCommands } from './shopCommands';
import { TakeSnapshotCommand } from './takeSnapshotCommand';

/** Builds every object by hand. Nothing runs until a command asks for it. */
export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };

  const log = own(vscode.window.createOutputChannel('Leakline', { log: true }));
  const connection = own(
    new Connection((url, options) =>
      lazyModules.inspectorSession().InspectorSession.connect(url, options),
    ),
  );
  const errors = new ErrorReporter(log, () => connection.lastAddress);
  const store = new SnapshotStore(snapshotFolder(context));
  const results = own(new CurrentResult());
  const jobs = own(new Jobs());
  const manual = new ManualExercise();

  own(publishContextKeys({ connection, jobs, manual, results }, setContext));
  own(new DiagnosticsPublisher(results));
  own(new OverviewTree({ connection, manual, results, store }));
  const panel = own(new RetainerPanel(context.extensionUri, results));

  const workerPath = path.join(context.extensionPath, 'dist', 'analysisWorker.js');
  const investigate = (root: string) =>
    lazyModules.createInvestigation().createInvestigation({ root, workerPath, store });
  const settings = (root?: string) => {
    const folder = root === undefined ? undefined : vscode.Uri.file(root);
    return readSettings(vscode.workspace.getConfiguration('leakline', folder));
  };
  const attach = new AttachCommand(connection, jobs, settings);
  const takeSnapshot = new TakeSnapshotCommand(attach, jobs, store);
  const compare = new CompareSnapshotsCommand({ jobs, store, results, investigate });
  const clear = new ClearCommand(results, store);
  const findLeaks = new FindLeaksCommand({
    ...{ attach, jobs, manual, results, settings, log, investigate },
  });

  const storage = context.globalStorageUri.fsPath;
  const practice = own(new PracticeProgram(connection, (line) => log.info(line)));
  const shipped = (...names: string[]) => path.join(context.extensionPath, ...names);
  const shop = new ShopCommands({
    ...{ practice, jobs, findLeaks },
    shipped: shipped('examples', 'shop'),
    folder: path.join(storage, 'shop'),
  });
  own(practice.onDidChange(() => setContext('leakline.shopRunning', shop.isRunning)));
  const gym = own(
    new GymCommands(
      {
        ...{ practice, jobs, findLeaks, storage },
        shipped: shipped('gym'),
        state: context.globalState,
      },
      (inExercise) => setContext('leakline.inExercise', inExercise),
    ),
  );

  // Work that needs the connection fails with the same error, and shows it.
  own(connection.onDidLose((error) => !jobs.isBusy && errors.show(error)));
  own(
    registerCommands(
      {
        'leakline.attach': (args) => attach.run(args),
        'leakline.detach': () => attach.detach(),
        'leakline.takeSnapshot': (args) => takeSnapshot.run(args),
        'leakline.findLeaks': (args) => findLeaks.run(args),
        'leakline.compareSnapshots': (args) => compare.run(args),
        'leakline.clear': (args) => clear.run(args),
        'leakline.continue': () => manual.waiting?.proceed(),
        'leakline.cancel': () => jobs.cancel(),
        'leakline.showRetainers': (finding) => panel.show(finding?.rank),
        'leakline.openPlace': (place) => openPlace(results, place),
        'leakline.startShop': () => shop.start(),
        'leakline.findShopLeak': () => shop.findLeak(),
        'leakline.checkShopFix': () => shop.checkFix(),
        'leakline.openGym': (args) => gym.open(args),
        'leakline.runExercise': () => gym.run(),
        'leakline.showHint': () => gym.showHint(),
        'leakline.showSolution': () => gym.showSolution(),
      },
      errors,
    ),
  );
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

/** Storage of the workspace; of all of them where no folder is open. */
function snapshotFolder(context: vscode.ExtensionContext): string {
  return path.join((context.storageUri ?? context.globalStorageUri).fsPath, 'snapshots');
}
