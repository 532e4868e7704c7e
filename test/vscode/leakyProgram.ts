import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { lineWith } from '../support/shop';

/** Inside of a desktop VS Code, the program that runs the tests is no plain Node.js. */
export const nodeProgram = 'electron' in process.versions ? 'node' : process.execPath;

/** The line to be found is the one with `push`. */
export const LEAKY_CODE = `'use strict';

class Ticket {
  constructor(number) {
    this.number = number;
    this.text = 'ticket ' + number;
  }
}

const tickets = [];

exports.work = function work() {
  for (let i = 0; i < 200; i++) tickets.push(new Ticket(tickets.length));
};

require('node:http')
  .createServer((request, response) => {
    exports.work();
    response.end();
  })
  .listen(0, '127.0.0.1', function listening() {
    console.log(this.address().port);
  });
`;

/** Fewer leak here, so that it is the second finding. */
const SECOND_LEAK = `
class Receipt {
  constructor(number) {
    this.number = number;
  }
}

const receipts = [];
const sellTickets = exports.work;

exports.work = function work() {
  sellTickets();
  for (let i = 0; i < 60; i++) receipts.push(new Receipt(receipts.length));
};
`;

/** A small program that leaks, in a folder of its own, where a test may edit it. */
export interface LeakyProgram {
  /** Absolute; links followed. */
  readonly folder: string;
  readonly file: string;
  /** `127.0.0.1:PORT` */
  readonly inspector: string;
  /** A shell command that exercises it once. */
  readonly drive: string;
  stop(): Promise<void>;
}

interface LeakyProgramOptions {
  /** Leaves its folder behind when it stops. */
  readonly keep?: boolean;
  /** Absolute: puts it there, and leaves it there when it stops. */
  readonly folder?: string;
  /** Has it leak `Receipt` as well. */
  readonly twice?: boolean;
}

/** Starts one. */
export async function startLeakyProgram({
  folder: given,
  keep = given !== undefined,
  twice = false,
}: LeakyProgramOptions = {}): Promise<LeakyProgram> {
  const folder = await realpath(given ?? (await mkdtemp(path.join(tmpdir(), 'leakline-tickets-'))));
  const file = path.join(folder, 'tickets.cjs');
  await writeFile(file, twice ? LEAKY_CODE + SECOND_LEAK : LEAKY_CODE);
  const program = spawn(nodeProgram, ['--inspect=127.0.0.1:0', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => program.kill('SIGKILL');
  process.on('exit', kill);
  const gone = once(program, 'exit').finally(() => process.off('exit', kill));
  const [[port], [inspector]] = await Promise.all([
    lineWith(program, 'stdout', /^\d+$/),
    lineWith(program, 'stderr', /127\.0\.0\.1:\d+/),
  ]);
  return {
    ...{ folder, file, inspector },
    drive: `"${nodeProgram}" -e "fetch('http://127.0.0.1:${port}/')"`,
    async stop() {
      program.kill();
      await gone;
      if (!keep) await rm(folder, { recursive: true });
    },
  };
}
