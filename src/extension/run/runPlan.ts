import * as l10n from '@vscode/l10n';
import { LeaklineError } from '../../base/errors';
import type { InvestigationPlan } from '../../investigation/investigation';

/**
 * The plan of a run: what the caller says, else what is set.
 * @throws LeaklineError `usage` for a number that makes no plan.
 */
export function runPlan(
  args: Partial<InvestigationPlan>,
  settings: InvestigationPlan,
): InvestigationPlan {
  return {
    warmup: wholeNumber('warmup', args.warmup ?? settings.warmup, 0),
    rounds: wholeNumber('rounds', args.rounds ?? settings.rounds, 1),
    extraRounds: wholeNumber('extraRounds', args.extraRounds ?? settings.extraRounds, 0),
    settleSeconds: atLeastZero('settleSeconds', args.settleSeconds ?? settings.settleSeconds),
    trackAllocations: args.trackAllocations ?? settings.trackAllocations ?? false,
    hideKeys: args.hideKeys ?? settings.hideKeys ?? false,
  };
}

function wholeNumber(name: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new LeaklineError(
    'usage',
    l10n.t('leakline.{0} must be a whole number from {1} up.', name, least),
  );
}

function atLeastZero(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new LeaklineError('usage', l10n.t('leakline.{0} must be a number from 0 up.', name));
}
