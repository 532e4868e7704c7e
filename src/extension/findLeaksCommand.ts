import type * as vscode from 'vscode';
import { LeaklineError } from '../base/errors';
import { runDrive } from '../investigation/driveCommand';
import { TRACKING_WARNING } from '../investigation/liveEvidence';
import type {
  ExerciseStep,
  Investigation,
  InvestigationPlan,
} from '../investigation/investigation';
import type { LeakReport } from '../leaks/leakReport';
import type { AttachCommand } from './attachCommand';
import type { FindLeaksArguments } from './commands';
import type { Attachment } from './connection';
import type { CurrentResult } from './currentResult';
import { chooseExercise, showExercisePrompt } from './exercisePrompts';
import type { Job, Jobs } from './jobs';
import { exerciseTitle, type ManualExercise } from './manualExercise';
import { showOutcome } from './outcomeMessage';
import { runPlan } from './runPlan';
import type { Settings } from './settings';
import { askWorkspaceRoot, workspaceRoot } from './workspaceRoot';

/** Everything that has to be known before a run starts. */
interface Run {
  readonly address: string | undefined;
  /** True if a person is there to choose between targets. */
  readonly mayAsk: boolean;
  readonly plan: InvestigationPlan;
  /** Undefined if the person exercises the program by hand. */
  readonly driveCommand: string | undefined;
  readonly root: string;
}

/** What the command works with. */
interface FindLeaksParts {
  readonly attach: AttachCommand;
  readonly jobs: Jobs;
  readonly manual: ManualExercise;
  readonly results: CurrentResult;
  /** Of the folder, if one is given. */
  readonly settings: (root?: string) => Settings;
  readonly log: vscode.LogOutputChannel;
  readonly investigate: (root: string) => Investigation;
}

/** The guided run: attach, warm up, baseline, exercise, compare. */
export class FindLeaksCommand {
  constructor(private readonly parts: FindLeaksParts) {}

  /** The command `leakline.findLeaks`. */
  async run(args?: FindLeaksArguments): Promise<LeakReport> {
    const run = args ? this.runFrom(args) : await this.ask();
    const report = await this.parts.jobs.run('Finding leaks', (job) => this.find(run, job));
    showOutcome(report);
    return report;
  }

  private async ask(): Promise<Run> {
    const root = await askWorkspaceRoot();
    const address = await this.parts.attach.askAddressUnlessAttached();
    const settings = this.parts.settings(root);
    const driveCommand = await chooseExercise(settings.driveCommand);
    return {
      address,
      mayAsk: true,
      plan: runPlan({}, settings),
      driveCommand,
      root,
    };
  }

  private runFrom(args: FindLeaksArguments): Run {
    const root = args.root ?? workspaceRoot();
    const settings = this.parts.settings(root);
    const driveCommand = args.driveCommand ?? settings.driveCommand;
    if (driveCommand === '') {
      throw new LeaklineError(
        'usage',
        'No command to exercise the program is given.',
        'Pass driveCommand or set leakline.driveCommand.',
      );
    }
    return {
      address: args.webSocketUrl ?? args.address,
      mayAsk: false,
      plan: runPlan(args, settings),
      driveCommand,
      root,
    };
  }

  private async find(run: Run, job: Job): Promise<LeakReport> {
    const { attach, results, investigate, log } = this.parts;
    job.onProgress({ message: 'Attaching' });
    const attachment = await attach.ensure(run.address, run.mayAsk, job.signal);
    if (run.plan.trackAllocations) log.warn(TRACKING_WARNING);
    const investigation = investigate(run.root);
    try {
      const result = await endWithConnection(attachment, job.signal, (signal) =>
        investigation.findLeaks(
          attachment.session,
          run.plan,
          {
            exercise: (step, stepSignal) =>
              this.exercise(run, step, { ...job, signal: stepSignal }),
            onProgress: job.onProgress,
            onNotice: (notice) => log.warn(notice),
          },
          signal,
        ),
      );
      return results.set(result, investigation, run.root).report;
    } catch (error) {
      investigation.dispose();
      throw error;
    } finally {
      // Nothing else ends the recording, which slows the program down.
      if (run.plan.trackAllocations) await attach.detach();
    }
  }

  private async exercise({ driveCommand, root }: Run, step: ExerciseStep, job: Job): Promise<void> {
    const { log, manual, jobs } = this.parts;
    const title = exerciseTitle(step);
    if (driveCommand === undefined) {
      job.onProgress({ message: `${title}: waiting for you` });
      const done = manual.wait(step, job.signal);
      if (manual.waiting) showExercisePrompt(manual.waiting, () => jobs.cancel());
      return done;
    }
    job.onProgress({ message: `${title}: exercising the program` });
    log.info(`${title}: ${driveCommand}`);
    const onLine = (line: string) => log.info(line);
    return runDrive(driveCommand, { cwd: root, signal: job.signal, onLine });
  }
}

/**
 * Aborts `work` when the connection is lost, even while it waits for something else, such as the
 * person. @throws what `work` throws; the connection's error if that is why it ended.
 */
async function endWithConnection<T>(
  { session }: Attachment,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  let reason: LeaklineError | undefined;
  const subscription = session.onDidClose((error) => {
    reason = error;
    lost.abort();
  });
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } catch (error) {
    throw reason ?? error;
  } finally {
    subscription.dispose();
  }
}
