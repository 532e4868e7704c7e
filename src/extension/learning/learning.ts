import path from 'node:path';
import type * as vscode from 'vscode';
import type { CommandTable } from '../commands';
import type { Jobs } from '../jobs';
import type { Connection } from '../run/connection';
import type { FindLeaksCommand } from '../run/findLeaksCommand';
import { GymCommands } from './gymCommands';
import { PracticeProgram } from './practiceProgram';
import { ShopCommands } from './shopCommands';

/** What the walkthrough and the gym work with. */
interface LearningParts {
  readonly context: vscode.ExtensionContext;
  readonly connection: Connection;
  readonly jobs: Jobs;
  readonly findLeaks: FindLeaksCommand;
  readonly log: vscode.LogOutputChannel;
  readonly setContext: (key: string, value: boolean) => void;
}

type LearningCommands = Pick<
  CommandTable,
  | 'leakline.startShop'
  | 'leakline.findShopLeak'
  | 'leakline.checkShopFix'
  | 'leakline.openGym'
  | 'leakline.runExercise'
  | 'leakline.showHint'
  | 'leakline.showSolution'
>;

/** The walkthrough on the demo shop and the leak gym. What they own ends with the extension. */
export function learning(parts: LearningParts): LearningCommands {
  const { context, connection, jobs, findLeaks, log, setContext } = parts;
  const shipped = (name: string) => path.join(context.extensionPath, name);
  const storage = context.globalStorageUri.fsPath;
  const practice = new PracticeProgram(connection, (line) => log.info(line));
  const shop = new ShopCommands({
    ...{ practice, jobs, findLeaks },
    shipped: shipped(path.join('examples', 'shop')),
    folder: path.join(storage, 'shop'),
  });
  const gym = new GymCommands(
    {
      ...{ practice, jobs, findLeaks, storage },
      shipped: shipped('gym'),
      state: context.globalState,
    },
    (inExercise) => setContext('leakline.inExercise', inExercise),
  );
  context.subscriptions.push(
    practice,
    practice.onDidChange(() => setContext('leakline.shopRunning', shop.isRunning)),
    gym,
  );
  return {
    'leakline.startShop': () => shop.start(),
    'leakline.findShopLeak': () => shop.findLeak(),
    'leakline.checkShopFix': () => shop.checkFix(),
    'leakline.openGym': (args) => gym.open(args),
    'leakline.runExercise': () => gym.run(),
    'leakline.showHint': () => gym.showHint(),
    'leakline.showSolution': () => gym.showSolution(),
  };
}
