import type { ToolCommand } from './toolCommand';

/** Where a remote program runs, and which of the person's tools gets there. */
export interface Place {
  /** For people: `shop.example.org`, `pod api-0`, `container web`. */
  readonly title: string;
  /** Makes the command that runs a program there; `args` hold nothing that a shell would act on. */
  readonly run: (args: readonly string[]) => ToolCommand;
  /** Makes the command that lists processes there, a line each: process id, then command line. */
  readonly listProcesses: () => ToolCommand;
  /** Other ways to send SIGUSR1 where no program `kill` is installed. */
  readonly otherSignal?: (pid: number) => ToolCommand;
}

/** A command that forwards a port of 127.0.0.1 for as long as it runs. */
export interface ForwardCommand extends ToolCommand {
  /** What it prints once it forwards; without it, it does when the port answers. */
  readonly ready?: RegExp;
}

/** Makes the command for a port here and a port there. */
export type MakeForward = (localPort: number, remotePort: number) => ForwardCommand;
