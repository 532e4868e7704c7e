import { plainText } from './plainText';

/** A command line for people and for a shell: arguments with blanks or quotes are quoted. */
export function commandLineText(commandLine: readonly string[]): string {
  return commandLine
    .map((part) => plainText(part))
    .map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}
