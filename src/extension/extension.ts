import path from 'node:path';
import * as vscode from 'vscode';
import { InspectorSession } from '../inspector/inspectorSession';
import { LocalTargets } from '../inspector/localTargets';
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
import { FindingsView } from './findingsView';
import { FindLeaksCommand } from './findLeaksCommand';
import { GuidedRun } from './guidedRun';
import { Jobs } from './jobs';
import { LastRun } from './lastRun';
import { LaunchCommand } from './launchCommand';
import { ManualExercise } from './manualExercise';
import { openPlace } from './openPlace';
import { rememberRemoteTargets } from './remoteTargets';
import { RetainerPanel } from './retainerPanel';
import { readSettings } from './settings';
import { SnapshotCommands } from './snapshotCommands';
import { SnapshotsView } from './snapshotsView';
import { StatusBar } from './statusBar';
import { TakeSnapshotCommand } from './takeSnapshotCommand';
import { TargetCommands } from './targetCommands';
import { TargetMemory } from './targetMemory';
import { TargetsView } from './targetsView';
import { VerifyFixCommand } from './verifyFixCommand';

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
  const guidedRun = own(new GuidedRun());
  const lastRun = new LastRun(context.workspaceState);
  const localTargets = new LocalTargets();
  const targetMemory = new TargetMemory(context.globalState);

  const targets = own(new TargetsView(localTargets, connection, targetMemory));
  const snapshots = own(new SnapshotsView(store));
  const findings = own(
    new FindingsView({ results, guidedRun, manual, memory: context.workspaceState }),
  );
  own(
    publishContextKeys(
      { connection, jobs, manual, results, guidedRun, lastRun, filter: findings },
      setContext,
    ),
  );
  own(new DiagnosticsPublisher(results));
  const panel = own(new RetainerPanel(context.extensionUri, results));

  const workerPath = path.join(context.extensionPath, 'dist', 'analysisWorker.js');
  const investigate = (root: string) => createInvestigation({ root, workerPath, store });
  const settings = () => readSettings(vscode.workspace.getConfiguration('leakline'));
  const attach = new AttachCommand(connection, jobs, settings);
  const takeSnapshot = new TakeSnapshotCommand(attach, jobs, store);
  const compare = new CompareSnapshotsCommand({ jobs, store, results, investigate });
  const clear = new ClearCommand(results, store);
  const findLeaks = new FindLeaksCommand({
    ...{ attach, jobs, guidedRun, manual, results, lastRun, settings, log, investigate },
  });
  const launch = own(new LaunchCommand(connection, jobs, localTargets));
  const verifyFix = new VerifyFixCommand({
    ...{ connection, findLeaks, launch, jobs, lastRun, results },
  });
  const targetCommands = new TargetCommands(attach, launch, targetMemory);
  const selection = () => snapshots.selection;
  const snapshotCommands = new SnapshotCommands({ store, jobs, compare, selection });
  const status = own(new StatusBar({ connection, jobs, manual, guidedRun, lastRun, results }));

  own(rememberRemoteTargets(connection, localTargets, targetMemory));

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
        'leakline.verifyFix': (args) => verifyFix.run(args),
        'leakline.showResult': () => guidedRun.showResult(),
        'leakline.showActions': () => status.pick(),
        'leakline.groupFindings': () => findings.askGrouping(),
        'leakline.filterFindings': () => findings.askFilter(),
        'leakline.clearFilter': () => findings.clearFilter(),
        'leakline.refreshTargets': () => targets.refresh(),
        'leakline.connectTarget': (target) => targetCommands.connect(target),
        'leakline.launchTarget': (row) => targetCommands.start(row),
        'leakline.saveTarget': (row) => targetCommands.save(row),
        'leakline.removeTarget': (row) => targetCommands.remove(row),
        'leakline.showCommandLine': (row) => targetCommands.showCommandLine(row),
        'leakline.renameSnapshot': (row) => snapshotCommands.rename(row),
        'leakline.saveSnapshotAs': (row) => snapshotCommands.saveAs(row),
        'leakline.deleteSnapshots': (row, all) => snapshotCommands.delete(row, all),
        'leakline.compareSelected': (row, all) => snapshotCommands.compareSelected(row, all),
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
