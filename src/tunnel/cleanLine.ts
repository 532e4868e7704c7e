const MOST_CHARACTERS = 300;
/** Control and format characters, line separators, surrogates without a partner. */
const ACTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A line that came from elsewhere, safe to print: a tool repeats what a server says. */
export function cleanLine(line: string): string {
  return line.slice(0, MOST_CHARACTERS).replaceAll('\t', ' ').replace(ACTIVE, '').trim();
}
