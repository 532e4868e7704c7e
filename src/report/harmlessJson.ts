/** Characters that JSON may hold as they are and that terminals and editors act on. */
const ACTIVE = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

/** Indented JSON with a final newline, in which such characters are escaped. */
export function harmlessJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(ACTIVE, escapeUnits)}\n`;
}

/** JSON escapes count UTF-16 code units, of which a format character may have two. */
function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index).toString(16);
    return `\\u${unit.padStart(4, '0')}`;
  }).join('');
}
