/**
 * Characters that do something instead of being seen: control characters (escape sequences start
 * with one), format characters (bidirectional overrides among them), line separators, surrogates
 * without a partner.
 */
const ACTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Text from the target as one harmless line: active characters are spelled out (`\u{1b}`), tabs
 * become a space. Longer text than `limit` characters is cut and ends in `…`.
 */
export function plainText(text: string, limit = Infinity): string {
  // Minified source lines may have megabytes, of which no more than the limit can be seen.
  const head = limit === Infinity ? text : text.slice(0, limit + 1);
  const plain = head.replaceAll('\t', ' ').replace(ACTIVE, spellOut);
  return plain.length > limit ? `${wholeCharacters(plain.slice(0, limit - 1))}…` : plain;
}

function spellOut(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

/** Drops the half of a surrogate pair that a cut may have left at the end. */
function wholeCharacters(cut: string): string {
  return cut.replace(/[\ud800-\udbff]$/, '');
}
