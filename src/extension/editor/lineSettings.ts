/** What is shown at a line with a finding; each is `leakline.NAME` in package.json. */
export const LINE_SETTINGS = {
  'codeLens.enabled': true,
  'inlineText.enabled': true,
  'gutterIcon.enabled': true,
  'overviewRuler.enabled': true,
  'hover.enabled': true,
} as const;

export type LineSetting = keyof typeof LINE_SETTINGS;

/** The part of VS Code's WorkspaceConfiguration that is needed, for the section `leakline`. */
interface Configuration {
  get<T>(name: string, fallback: T): T;
}

/** True unless the person switched it off. */
export function isShown(configuration: Configuration, setting: LineSetting): boolean {
  return configuration.get<boolean>(setting, LINE_SETTINGS[setting]) !== false;
}
