/** What a test names on screen. */
export interface Target {
  /** A Playwright selector, such as `.monaco-list-row` or `text=Find Leaks`. */
  selector: string;
  /** Looks inside the visible webview instead of in the workbench. */
  inWebview?: boolean;
  /** Milliseconds to wait for it, 15,000 unless told. */
  timeoutMs?: number;
}

/** What a test can do to the VS Code window, as a person could. Fails where the target is not found. */
export interface WindowActions {
  /** Writes a PNG of the window to `out/screenshots/NAME.png` and answers its path. */
  screenshot(name: string): Promise<string>;
  /** Clicks the first match. */
  click(target: Target): Promise<void>;
  /** Presses a key or a chord, such as `Enter` or `Control+Shift+P`. */
  press(key: string): Promise<void>;
  /** Types into whatever has the focus. */
  type(text: string): Promise<void>;
  /** The text shown by the first match. */
  text(target: Target): Promise<string>;
  /** The text shown by each match there is now; none is not an error. */
  texts(target: Target): Promise<string[]>;
  /** Waits until the first match is visible. */
  waitFor(target: Target): Promise<void>;
  /** Waits until nothing that matches is visible. */
  waitUntilGone(target: Target): Promise<void>;
}

/** Names the environment variable that holds the address of the window's control. */
export const windowControlVariable = 'LEAKLINE_TEST_DRIVER_URL';

/** Names the environment variable that says which folder of test/vscode the window runs. */
export const hostedFolderVariable = 'LEAKLINE_TEST_FOLDER';

/** One call, as sent to that address with POST. */
export interface WindowCall {
  action: keyof WindowActions;
  argument: unknown;
}

/** The answer to a call. */
export type WindowAnswer = { value: unknown } | { error: string };
