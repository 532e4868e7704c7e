import { cp } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LeakReport } from '../../leaks/leakReport';
import type { FindLeaksCommand } from '../run/findLeaksCommand';
import type { Jobs } from '../jobs';
import { nodeCommand, type PracticeProgram, type RunningPractice } from './practiceProgram';

/** What the commands work with. */
interface ShopParts {
  readonly practice: PracticeProgram;
  readonly jobs: Jobs;
  readonly findLeaks: FindLeaksCommand;
  /** Absolute: the shop inside the extension. */
  readonly shipped: string;
  /** Absolute: where it runs from. */
  readonly folder: string;
}

/** The first release leaks, the second is fixed. */
type Release = 1 | 2;

/** The walkthrough on the demo shop. */
export class ShopCommands {
  constructor(private readonly parts: ShopParts) {}

  /** True while the shop runs, in whatever release. */
  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** The command `leakline.startShop`. */
  async start(): Promise<void> {
    const { address } = await this.startRelease(1);
    void vscode.window.showInformationMessage(vscode.l10n.t('The shop is open at {0}.', address));
  }

  /** The command `leakline.findShopLeak`. */
  findLeak(): Promise<LeakReport> {
    return this.find(1);
  }

  /** The command `leakline.checkShopFix`. */
  checkFix(): Promise<LeakReport> {
    return this.find(2);
  }

  private async find(release: Release): Promise<LeakReport> {
    const isThere = this.running?.env?.['SHOP_RELEASE'] === String(release);
    const shop = isThere ? this.running : await this.startRelease(release);
    return this.parts.findLeaks.run({
      address: shop.inspector,
      driveCommand: nodeCommand('traffic.mjs', shop.address),
      root: shop.folder,
    });
  }

  private get running(): RunningPractice | undefined {
    const { practice, folder } = this.parts;
    return practice.current?.folder === folder ? practice.current : undefined;
  }

  private startRelease(release: Release): Promise<RunningPractice> {
    const { practice, jobs, shipped, folder } = this.parts;
    return jobs.run(vscode.l10n.t('Starting the shop'), async ({ signal }) => {
      await cp(shipped, folder, { recursive: true });
      const env = { PORT: '0', SHOP_RELEASE: String(release) };
      const file = path.join('dist', 'server.js');
      return practice.start({ folder, file, env, ready: /(http:\/\/127\.0\.0\.1:\d+)/ }, signal);
    });
  }
}
