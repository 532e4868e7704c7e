import type { InvestigationPlan } from '../investigation/investigation';

/** The person's settings; each is `leakline.NAME` in package.json. */
export interface Settings extends InvestigationPlan {
  /** HOST:PORT or a ws:// URL. */
  readonly attachAddress: string;
  /** Empty if the program is exercised by hand. */
  readonly driveCommand: string;
}

/** What package.json declares. */
export const DEFAULT_SETTINGS: Settings = {
  attachAddress: '127.0.0.1:9229',
  warmup: 1,
  rounds: 3,
  extraRounds: 3,
  settleSeconds: 0.5,
  trackAllocations: false,
  hideKeys: false,
  driveCommand: '',
};

/** The default of `leakline.keepSnapshotsDays`, which is no part of a run. */
export const KEEP_SNAPSHOTS_DAYS = 7;

/** The part of VS Code's WorkspaceConfiguration that is needed, for the section `leakline`. */
interface Configuration {
  get<T>(name: string, fallback: T): T;
}

export function readSettings(configuration: Configuration): Settings {
  const get = <Name extends keyof Settings>(name: Name): Settings[Name] =>
    configuration.get<Settings[Name]>(name, DEFAULT_SETTINGS[name]);
  return {
    attachAddress: get('attachAddress').trim(),
    warmup: get('warmup'),
    rounds: get('rounds'),
    extraRounds: get('extraRounds'),
    settleSeconds: get('settleSeconds'),
    // Whatever else stands there is not asked for.
    trackAllocations: get('trackAllocations') === true,
    hideKeys: get('hideKeys') === true,
    driveCommand: get('driveCommand').trim(),
  };
}
