import * as l10n from '@vscode/l10n';
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
    label: l10n.t('Finding leaks in {0}', plainText(title, 100)),
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
  const label = stageTitle(stage);
  return {
    id: `run/${label}`,
    kind: `step-${state}`,
    label,
    tooltip: `${stageDescription(stage)} (${stateWord(state)})`,
    icon: ICONS[state],
    ...(state === 'running' && { description: stateWord(state) }),
  };
}

function waitingRow(stage: RunStage, { reason }: Pick<WaitingStep, 'reason'>): TreeRow {
  const click = l10n.t('Click when you have exercised the program.');
  return {
    ...stepRow(stage, 'waiting'),
    description: l10n.t('your turn'),
    tooltip: reason ? `${click} ${reason}` : click,
    click: { command: 'leakline.continue', title: l10n.t('Continue') },
  };
}

function stageTitle(stage: RunStage): string {
  if (stage.kind === 'baseline') return l10n.t('Baseline');
  return stage.kind === 'compare' ? l10n.t('Compare') : exerciseTitle(stage);
}

/** The title, with what the step is for where that is not plain. */
function stageDescription(stage: RunStage): string {
  switch (stage.kind) {
    case 'baseline':
      return l10n.t('Baseline: the snapshot that the others are compared with');
    case 'compare':
      return l10n.t('Compare: find what every round left behind');
    default:
      return exerciseTitle(stage);
  }
}

function stateWord(state: StepState): string {
  switch (state) {
    case 'done':
      return l10n.t('done');
    case 'running':
      return l10n.t('running');
    case 'waiting':
      return l10n.t('waiting');
    case 'pending':
      return l10n.t('pending');
  }
}
