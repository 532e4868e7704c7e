import { readFile } from 'node:fs/promises';
import type { AttachAddress } from '../inspector/targets';
import { usage } from './optionValues';

/** Holds the token where no file does. A command line is no place for one: others can see it. */
const VARIABLE = 'LEAKLINE_TOKEN';

/**
 * The token to send to an address; undefined if there is none. It goes to wss:// only, where nobody
 * on the way reads it.
 * @param file its path, if one was given
 * @throws LeaklineError `usage`; its text never holds the token
 */
export async function accessToken(
  address: AttachAddress,
  file: string | undefined,
): Promise<string | undefined> {
  const isEncrypted = address.kind === 'webSocket' && /^wss:/i.test(address.url);
  if (file !== undefined && !isEncrypted) {
    throw usage('A token is sent to wss:// addresses only.', 'Attach to such a one.');
  }
  if (!isEncrypted) return undefined;
  const text = file === undefined ? process.env[VARIABLE] : await readToken(file);
  const token = text?.trim();
  if (token === undefined || token === '') return undefined;
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw usage(
    `What ${file ?? VARIABLE} holds is not a token.`,
    'A token is one line without blanks.',
  );
}

async function readToken(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw usage(`The token file ${file} cannot be read (${code}).`, 'Correct --token-file.');
  }
}
