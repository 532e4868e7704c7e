import { isBlocked, noteFailure } from './loginGuard.js';

const answers = { refused: 0, blocked: 0 };

async function login(address, password) {
  if (isBlocked(address)) answers.blocked++;
  else if (password !== 'open sesame') answers.refused++;
  noteFailure(address);
}

export async function work(i) {
  await login('10.0.0.' + (i % 20), 'guess ' + i);
}
