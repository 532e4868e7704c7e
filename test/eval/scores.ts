import type { Judgement, JudgedFinding } from './judgement';
import type { Variant } from './evalCase';

/** A promise about all cases together. */
export interface Target {
  readonly what: string;
  readonly reached: number;
  readonly of: number;
  /** Share of `of` that must be reached. */
  readonly wanted: number;
}

/** Targets about variants that did not run are left out. */
export function scoreTargets(judgements: readonly Judgement[]): Target[] {
  const count = (
    what: string,
    variant: Variant,
    wanted: number,
    good: (j: Judgement) => boolean,
  ) => {
    const all = judgements.filter(({ run }) => run.variant === variant);
    return { what, reached: all.filter(good).length, of: all.length, wanted };
  };
  const passed = (judgement: Judgement) => judgement.passed;
  return [
    count('first site of first finding right', 'leaking', 0.9, passed),
    count(
      'right within the first three findings',
      'leaking',
      1,
      ({ rank }) => rank > 0 && rank <= 3,
    ),
    count('fixed twin clean', 'fixed', 1, passed),
    count('no finding on a healthy program', 'healthy', 1, passed),
  ].filter((target) => target.of > 0);
}

export function isReached({ reached, of, wanted }: Target): boolean {
  return reached >= wanted * of;
}

/** Findings of about the same confidence. They are calibrated if so many of them are right. */
export interface ConfidenceBand {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly right: number;
  /** 0..1; NaN if there is none. */
  readonly meanConfidence: number;
}

const BOUNDS = [0, 0.5, 0.7, 0.85, 0.95, 1];

export function calibrate(judgements: readonly Judgement[]): ConfidenceBand[] {
  const all = judgements.flatMap(({ findings }) => findings);
  return BOUNDS.slice(1).map((to, i) => {
    const from = BOUNDS[i];
    const isWithin = ({ confidence }: JudgedFinding) =>
      confidence >= from && (confidence < to || to === 1);
    const within = all.filter(isWithin);
    const sum = within.reduce((total, { confidence }) => total + confidence, 0);
    const right = within.filter((finding) => finding.right).length;
    return { from, to, count: within.length, right, meanConfidence: sum / within.length };
  });
}
