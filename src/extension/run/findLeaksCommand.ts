import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import { retryConnect } from '../../inspector/retryConnect';
import { runDrive } from '../../investigation/driveCommand';
import { TRACKING_WARNING } from '../../investigation/liveEvidence';
import type {
  ExerciseStep,
  Investigation,
  InvestigationPlan,
} from '../../investigation/investigation';
import type { LeakReport } from '../../leaks/leakReport';
import type { AttachCommand } from './attachCommand';
import type { FindLeaksArguments } from '../commands';
import type { Attachment } from './connection';
import { consentInWindow, isRemote } from './consentInWindow';
import type { CurrentResult, OpenResult } from '../results/currentResult';
import type { Drive } from './drive';
import { chooseExercise, showExercisePrompt } from './exercisePrompts';
import type { GuidedRun } from './guidedRun';
import type { Job, Jobs } from '../jobs';
import type { LastRun, RepeatableRun } from './lastRun';
import { exerciseTitle, type ManualExercise } from './manualExercise';
import { showOutcome } from './outcomeMessage';
import { runPlan } from './runPlan';
import type { Settings } from '../settings';
import { programName } from '../views/targetRow';
import { runTaskDrive } from './taskDrive';
import { askWorkspaceRoot, workspaceRoot } from '../workspaceRoot';

/** Everything that has to be known before a run starts. */
interface Run {
  readonly address: string | undefined;
  /** The worker thread at that address; the main thread without it. */
  readonly worker?: string;
  /** True if a person is there to choose between targets. */
  readonly mayAsk: boolean;
  readonly plan: InvestigationPlan;
  readonly drive: Drive;
  readonly root: string;
}

/** A run that has ended, and what it takes to do it again. */
export interface FinishedRun {
  readonly result: OpenResult;
  readonly repeatable: RepeatableRun;
}

/** What the command works with. */
interface FindLeaksParts {
  readonly attach: AttachCommand;
  readonly jobs: Jobs;
  readonly guidedRun: GuidedRun;
  readonly manual: ManualExercise;
  readonly results: CurrentResult;
  readonly lastRun: LastRun;
  /** Of the folder, if one is given. */
  readonly settings: (root?: string) => Settings;
  readonly log: vscode.LogOutputChannel;
  readonly investigate: (root: string) => Promise<Investigation>;
}

/** The guided run: attach, warm up, baseline, exercise, compare. */
export class FindLeaksCommand {
  constructor(private readonly parts: FindLeaksParts) {}

  /** The command `leakline.findLeaks`. */
  async run(args?: FindLeaksArguments): Promise<LeakReport> {
    const { jobs, lastRun } = this.parts;
    const run = args ? this.runFrom(args) : await this.ask();
    const title = vscode.l10n.t('Finding leaks');
    const { result, repeatable } = await jobs.run(title, (job) => this.find(run, job));
    await lastRun.remember(repeatable, result.report);
    showOutcome(result);
    return result.report;
  }

  /** Attaches and does the run, whose result is then the current one. */
  async find(run: Run, job: Job): Promise<FinishedRun> {
    const { attach, results, investigate, log, guidedRun } = this.parts;
    job.onProgress({ message: vscode.l10n.t('Attaching') });
    let attachment = await attach.ensure(run.address, run.mayAsk, job.signal, run.worker);
    if (run.plan.trackAllocations) log.warn(TRACKING_WARNING);
    const investigation = await investigate(run.root);
    const consent = consentInWindow(log);
    guidedRun.begin(programName(attachment.target.title), run.plan);
    try {
      const { plan } = run;
      const found = await investigation.findLeaks(
        attachment.session,
        plan,
        {
          exercise: (step, signal) => this.exercise(run, step, { ...job, signal }),
          onStage: (stage) => guidedRun.enter(stage),
          onProgress: job.onProgress,
          onNotice: (notice) => log.warn(notice),
          isRemote: isRemote(attachment),
          maySnapshot: (verdict, signal) => consent.obtain(verdict, signal),
          onCost: (words) => log.info(words),
          // A program that we started ourselves has ended with its connection.
          ...(!attachment.configuration && {
            reconnect: (signal) =>
              retryConnect(async () => {
                const { address, worker } = attachment;
                attachment = await attach.ensure(address, false, signal, worker);
                return attachment.session;
              }, signal),
          }),
        },
        job.signal,
      );
      const result = results.set(found, investigation, run.root);
      return { result, repeatable: repeatableRun(run, attachment) };
    } catch (error) {
      investigation.dispose();
      throw error;
    } finally {
      guidedRun.end();
      // Nothing else ends the recording, which slows the program down.
      if (run.plan.trackAllocations) await attach.detach();
    }
  }

  private async ask(): Promise<Run> {
    const root = await askWorkspaceRoot();
    const address = await this.parts.attach.askAddressUnlessAttached();
    const settings = this.parts.settings(root);
    const drive = await chooseExercise(settings.driveCommand);
    return { address, mayAsk: true, plan: runPlan({}, settings), drive, root };
  }

  private runFrom(args: FindLeaksArguments): Run {
    const root = args.root ?? workspaceRoot();
    const settings = this.parts.settings(root);
    return {
      address: args.webSocketUrl ?? args.address,
      mayAsk: false,
      plan: runPlan(args, settings),
      drive: driveFrom(args, settings),
      root,
    };
  }

  /** Ends early with `enough` when the person wants the result that there is. */
  private async exercise(run: Run, step: ExerciseStep, job: Job): Promise<void | 'enough'> {
    const enough = this.parts.guidedRun.skipSignal;
    const signal = enough ? AbortSignal.any([job.signal, enough]) : job.signal;
    try {
      await this.perform(run, step, { ...job, signal });
    } catch (error) {
      if (enough?.aborted && !job.signal.aborted) return 'enough';
      throw error;
    }
    return undefined;
  }

  private async perform({ drive, root }: Run, step: ExerciseStep, job: Job): Promise<void> {
    const { log, manual, jobs, guidedRun } = this.parts;
    const title = exerciseTitle(step);
    if (drive.kind === 'byHand') {
      job.onProgress({ message: vscode.l10n.t('{0}: waiting for you', title) });
      const done = manual.wait(step, job.signal);
      const ways = { cancel: () => jobs.cancel(), showResult: () => guidedRun.showResult() };
      if (manual.waiting) showExercisePrompt(manual.waiting, step, ways);
      return done;
    }
    job.onProgress({ message: vscode.l10n.t('{0}: exercising the program', title) });
    if (drive.kind === 'task') {
      log.info(`${title}: ${drive.task}`);
      return runTaskDrive(drive.task, job.signal);
    }
    log.info(`${title}: ${drive.command}`);
    const onLine = (line: string) => log.info(line);
    return runDrive(drive.command, { cwd: root, signal: job.signal, onLine });
  }
}

function driveFrom({ task, driveCommand }: FindLeaksArguments, settings: Settings): Drive {
  if (task !== undefined) return { kind: 'task', task };
  const command = driveCommand ?? settings.driveCommand;
  if (command !== '') return { kind: 'command', command };
  throw new LeaklineError(
    'usage',
    vscode.l10n.t('No command to exercise the program is given.'),
    vscode.l10n.t('Pass driveCommand or task, or set leakline.driveCommand.'),
  );
}

/** A ws:// URL names one process; its host and port will lead to the next one, too. */
function repeatableRun(run: Run, attachment: Attachment): RepeatableRun {
  const { plan, drive, root } = run;
  const { target, address, configuration, worker } = attachment;
  const { webSocketUrl } = target;
  return {
    address: /^wss?:/i.test(address) ? new URL(webSocketUrl).host : address,
    webSocketUrl,
    ...(configuration && { configuration }),
    ...(worker !== undefined && { worker }),
    plan,
    drive,
    root,
  };
}
