import type { RunStage } from '../../investigation/investigation';
import { plainText } from '../../report/plainText';
import type { RunState } from '../run/guidedRun';
import { exerciseTitle, type WaitingStep } from '../run/manualExercise';
import type { RowIcon, TreeRow } from './treeRow';

type StepState = 'done' | 'running' | 'waiting' | 'pending';

const ICONS: Readonly<Record<StepState, RowIcon>> = {
  done: { id: 'pass', color: 'testing.iconPassed' },
  running: { id: 'sync~spin', color: 'progressBar.background' },
  waiting: { id: 'bell-dot', color: 'notificationsWarningIcon.foreground' },
  pending: { id: 'circle-large-outline', color: 'testing.iconUnset' },
};

const BASELINE_DOES = 'the snapshot that the others are compared with';
const COMPARE_DOES = 'find what every round left behind';

/** The run that is at work, with its steps: what is done, what runs, what waits for the person. */
export function runRow(
  { title, plan, stage }: RunState,
  waitingFor: Pick<WaitingStep, 'title' | 'reason'> | undefined,
): TreeRow {
  const stages = plannedStages(plan, stage);
  const current = stage ? stages.findIndex((other) => stageTitle(other) === stageTitle(stage)) : -1;
  const children = stages.map((step, index) => {
    if (index === current)
      return waitingFor ? waitingRow(step, waitingFor) : stepRow(step, 'running');
    return stepRow(step, index < current ? 'done' : 'pending');
  });
  return {
    id: 'run',
    kind: 'run',
    label: `Finding leaks in ${plainText(title, 100)}`,
    icon: { id: 'beaker' },
    children,
  };
}

/** Extra rounds come after the first comparison, and are compared again. */
function plannedStages(plan: RunState['plan'], stage: RunStage | undefined): RunStage[] {
  const times = (kind: 'warmup' | 'round', of: number): RunStage[] =>
    Array.from({ length: of }, (_, index) => ({ kind, index: index + 1, of }));
  return [
    ...times('warmup', plan.warmup),
    { kind: 'baseline' },
    ...times('round', plan.rounds),
    ...(stage?.kind === 'extra' ? [stage] : []),
    { kind: 'compare' },
  ];
}

function stepRow(stage: RunStage, state: StepState): TreeRow {
  const does = stage.kind === 'baseline' ? BASELINE_DOES : stage.kind === 'compare' && COMPARE_DOES;
  const label = stageTitle(stage);
  return {
    id: `run/${label}`,
    kind: `step-${state}`,
    label,
    tooltip: does ? `${label}: ${does} (${state})` : `${label} (${state})`,
    icon: ICONS[state],
    ...(state === 'running' && { description: 'running' }),
  };
}

function waitingRow(stage: RunStage, { reason }: Pick<WaitingStep, 'reason'>): TreeRow {
  const click = 'Click when you have exercised the program.';
  return {
    ...stepRow(stage, 'waiting'),
    description: 'your turn',
    tooltip: reason ? `${click} ${reason}` : click,
    click: { command: 'leakline.continue', title: 'Continue' },
  };
}

function stageTitle(stage: RunStage): string {
  if (stage.kind === 'baseline') return 'Baseline';
  return stage.kind === 'compare' ? 'Compare' : exerciseTitle(stage);
}
