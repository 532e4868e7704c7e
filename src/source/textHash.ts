import { createHash } from 'node:crypto';

/**
 * SHA-256, as 64 hex digits, of a text as an editor has it: how its lines end, and a byte order mark
 * before them, make no difference.
 */
export function textHash(text: string): string {
  const lines = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  return createHash('sha256').update(lines, 'utf8').digest('hex');
}
