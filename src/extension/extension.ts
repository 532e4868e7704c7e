import path from 'node:path';
import * as vscode from 'vscode';
import { InspectorSession } from '../inspector/inspectorSession';
import { createInvestigation } from '../investigation/createInvestigation';
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
import { Jobs } from './jobs';
import { ManualExercise } from './manualExercise';
import { openPlace } from './openPlace';
import { OverviewTree } from './overviewTree';
import { RetainerPanel } from './retainerPanel';
import { readSettings } from './settings';
import { TakeSnapshotCommand } from './takeSnapshotCommand';

/** Builds every object by hand. Nothing runs until a command asks for it. */
export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };

  const log = own(vscode.window.createOutputChannel('Leakline', { log: true }));
  const connection = own(new Connection((url, options) => InspectorSession.connect(url, options)));
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
  const investigate = (root: string) => createInvestigation({ root, workerPath, store });
  const settings = () => readSettings(vscode.workspace.getConfiguration('leakline'));
  const attach = new AttachCommand(connection, jobs, settings);
  const takeSnapshot = new TakeSnapshotCommand(attach, jobs, store);
  const compare = new CompareSnapshotsCommand({ jobs, store, results, investigate });
  const clear = new ClearCommand(results, store);
  const findLeaks = new FindLeaksCommand({
    ...{ attach, jobs, manual, results, settings, log, investigate },
  });

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
        'leakline.copyPath': (row) => panel.copyPath(row),
        'leakline.revealInSource': (row) => panel.revealInSource(row),
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
