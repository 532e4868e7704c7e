import * as l10n from '@vscode/l10n';
import path from 'node:path';
import * as vscode from 'vscode';
import { LocalTargets } from '../inspector/localTargets';
import { SnapshotStore } from '../investigation/snapshotStore';
import { registerCommands } from './commandRegistry';
import { publishContextKeys } from './contextKeys';
import { ErrorReporter } from './errorReporter';
import { Jobs } from './jobs';
import { readSettings } from './settings';
import { markLines } from './editor/lineMarks';
import { learning } from './learning/learning';
import { RetainerPanel } from './panel/retainerPanel';
import { ClearCommand } from './results/clearCommand';
import { copyFinding } from './results/copyFinding';
import { CurrentResult } from './results/currentResult';
import { removeExpiredSnapshots } from './results/snapshotExpiry';
import { dismissFinding } from './results/dismissCommand';
import { DocumentWatch } from './results/documentWatch';
import { explainShape } from './results/explainShape';
import { FindingLines } from './results/findingLines';
import { IgnoreFindingCommand } from './results/ignoreFindingCommand';
import { KnownFindings } from './results/knownFindings';
import { openPlace } from './results/openPlace';
import { ResultKeeper } from './results/resultKeeper';
import { ResultStore } from './results/resultStore';
import { AttachCommand } from './run/attachCommand';
import { CompareSnapshotsCommand } from './run/compareSnapshotsCommand';
import { Connection } from './run/connection';
import { DebugSessions } from './run/debugSessions';
import { FindLeaksCommand } from './run/findLeaksCommand';
import { GuidedRun } from './run/guidedRun';
import { LastRun } from './run/lastRun';
import { LaunchCommand } from './run/launchCommand';
import { ManualExercise } from './run/manualExercise';
import { OpenInspectorCommand } from './run/openInspectorCommand';
import { pathRules } from './run/pathRules';
import { pickFile } from './run/pickFileCommand';
import { StartCommand } from './run/startCommand';
import { TakeSnapshotCommand } from './run/takeSnapshotCommand';
import { VerifyFixCommand } from './run/verifyFixCommand';
import { FindingsView } from './views/findingsView';
import { rememberRemoteTargets } from './views/remoteTargets';
import { SnapshotCommands } from './views/snapshotCommands';
import { SnapshotsView } from './views/snapshotsView';
import { StatusBar } from './views/statusBar';
import { TargetCommands } from './views/targetCommands';
import { TargetMemory } from './views/targetMemory';
import { TargetsView } from './views/targetsView';

/** Builds every object by hand. Only what an earlier session stored is shown by itself. */
export function activate(context: vscode.ExtensionContext): void {
  // For the files that know no VS Code.
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const own = <T extends vscode.Disposable>(disposable: T): T => {
    context.subscriptions.push(disposable);
    return disposable;
  };

  const log = own(vscode.window.createOutputChannel('Leakline', { log: true }));
  // What is imported like this is heavy, and not needed before somebody asks for it.
  const connection = own(
    new Connection(async (url, options) => {
      const { InspectorSession } = await import('../inspector/inspectorSession');
      return InspectorSession.connect(url, options);
    }),
  );
  const errors = new ErrorReporter(log, () => connection.lastAddress);
  const store = new SnapshotStore(path.join(storageFolder(context), 'snapshots'));
  const known = own(new KnownFindings(errors));
  const results = own(new CurrentResult(known));
  const ignoring = new IgnoreFindingCommand(results, known);
  const jobs = own(new Jobs());
  const manual = new ManualExercise();
  const guidedRun = own(new GuidedRun());
  const lastRun = new LastRun(context.workspaceState);
  const localTargets = new LocalTargets();
  const targetMemory = new TargetMemory(context.globalState);

  const sessions = own(new DebugSessions());
  const targets = own(new TargetsView(localTargets, connection, targetMemory, sessions));
  const snapshots = own(new SnapshotsView(store));
  const findings = own(
    new FindingsView({ results, known, guidedRun, manual, memory: context.workspaceState }),
  );
  own(
    publishContextKeys(
      { connection, jobs, manual, results, guidedRun, lastRun, filter: findings },
      setContext,
    ),
  );
  const lines = own(new FindingLines(results));
  own(new DocumentWatch(results, lines));
  own(markLines(lines, context.extensionUri));
  const panel = own(new RetainerPanel(context.extensionUri, results));

  const workerPath = path.join(context.extensionPath, 'dist', 'analysisWorker.js');
  const rulesOf = (root: string) => pathRules(root, connection.current, sessions);
  const investigate = async (root: string) => {
    const { createInvestigation } = await import('../investigation/createInvestigation');
    return createInvestigation({ root, workerPath, store, paths: rulesOf(root) });
  };
  const resultStore = new ResultStore(storageFolder(context));
  const warn = (message: string) => log.warn(message);
  const keeper = own(new ResultKeeper({ store: resultStore, results, lines, investigate, warn }));
  const settings = (root?: string) => {
    const folder = root === undefined ? undefined : vscode.Uri.file(root);
    return readSettings(vscode.workspace.getConfiguration('leakline', folder));
  };
  const attach = new AttachCommand(connection, jobs, settings, sessions);
  const openInspector = new OpenInspectorCommand(attach, jobs);
  const takeSnapshot = new TakeSnapshotCommand(attach, jobs, store, log);
  const compare = new CompareSnapshotsCommand({ jobs, store, results, investigate });
  const clear = new ClearCommand(results, store);
  const findLeaks = new FindLeaksCommand({
    ...{ attach, jobs, guidedRun, manual, results, lastRun, settings, log, investigate },
  });
  const launch = own(new LaunchCommand(connection, jobs, localTargets));
  const start = own(new StartCommand(connection, jobs, launch));
  const verifyFix = new VerifyFixCommand({
    ...{ connection, findLeaks, launch, jobs, lastRun, results },
  });
  const targetCommands = new TargetCommands(attach, launch, targetMemory);
  const selection = () => snapshots.selection;
  const snapshotCommands = new SnapshotCommands({ store, jobs, compare, selection, workerPath });
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
        'leakline.dismissFinding': (finding) => dismissFinding(results, finding),
        'leakline.explainShape': (shape) => explainShape(context.extensionUri, shape),
        'leakline.ignoreFinding': (args) => ignoring.run(args),
        'leakline.stopIgnoringFinding': (finding) => ignoring.stop(finding),
        'leakline.copyFinding': (finding) => copyFinding(results, finding),
        'leakline.openPlace': (place) => openPlace(results, place),
        'leakline.pickFile': (args) => pickFile(results, rulesOf, args),
        'leakline.startProgram': (args) => start.run(args),
        'leakline.verifyFix': (args) => verifyFix.run(args),
        'leakline.showResult': () => guidedRun.showResult(),
        'leakline.showActions': () => status.pick(),
        'leakline.groupFindings': () => findings.askGrouping(),
        'leakline.filterFindings': () => findings.askFilter(),
        'leakline.clearFilter': () => findings.clearFilter(),
        'leakline.refreshTargets': () => targets.refresh(),
        'leakline.connectTarget': (target) => targetCommands.connect(target),
        'leakline.openInspector': (closed) => openInspector.run(closed),
        'leakline.listWorkers': (row) => targets.listWorkers(row),
        'leakline.launchTarget': (row) => targetCommands.start(row),
        'leakline.saveTarget': (row) => targetCommands.save(row),
        'leakline.removeTarget': (row) => targetCommands.remove(row),
        'leakline.showCommandLine': (row) => targetCommands.showCommandLine(row),
        'leakline.renameSnapshot': (row) => snapshotCommands.rename(row),
        'leakline.saveSnapshotAs': (row) => snapshotCommands.saveAs(row),
        'leakline.exportRedacted': (row) => snapshotCommands.exportRedacted(row),
        'leakline.deleteSnapshots': (row, all) => snapshotCommands.delete(row, all),
        'leakline.compareSelected': (row, all) => snapshotCommands.compareSelected(row, all),
        ...learning({ context, connection, jobs, findLeaks, log, setContext }),
        'leakline.copyPath': (row) => panel.copyPath(row),
        'leakline.revealInSource': (row) => panel.revealInSource(row),
      },
      errors,
    ),
  );
  void keeper.restore();
  void removeExpiredSnapshots(store);
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

/** Storage of the workspace; of all of them where no folder is open. */
function storageFolder(context: vscode.ExtensionContext): string {
  return (context.storageUri ?? context.globalStorageUri).fsPath;
}
