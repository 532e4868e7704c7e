/** A program of the person's own, with its arguments; no shell ever reads them. */
export interface ToolCommand {
  /** Found on the PATH. */
  readonly file: string;
  readonly args: readonly string[];
}

/** The command as a person would type it into a shell. */
export function commandText({ file, args }: ToolCommand): string {
  return [file, ...args].map(quoted).join(' ');
}

function quoted(part: string): string {
  return /^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`;
}
