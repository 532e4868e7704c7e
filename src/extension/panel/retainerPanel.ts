import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposable';
import { LeaklineError } from '../../base/errors';
import { serve, type RpcServer } from '../../base/rpc';
import type { PanelContract, PanelView, RowContext } from '../../webview/panelContract';
import type { CurrentResult } from '../results/currentResult';
import { openPlace } from '../results/openPlace';
import { panelHtml } from './panelHtml';
import { panelResult, panelRetainers, readSelection, type PanelSelection } from './panelView';
import { webviewPort } from './webviewPort';

/** As package.json names it. */
const VIEW_TYPE = 'leakline.retainers';

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly server: RpcServer<PanelContract>;
}

/**
 * The panel with the findings and the retainer tree of the selected one. There is at most one; it
 * comes back after a reload of the window.
 */
export class RetainerPanel implements vscode.Disposable {
  private readonly subscriptions = new DisposableStore();
  private open: OpenPanel | undefined;
  private selection: PanelSelection | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly results: CurrentResult,
  ) {
    this.subscriptions.add(results.onDidChange(() => this.showView()));
    this.subscriptions.add(
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: (panel, state: unknown) => {
          this.restore(panel, state);
          return Promise.resolve();
        },
      }),
    );
  }

  /** Opens the panel or brings it to the front. @param rank Of a finding, if one is asked for. */
  show(rank?: number): void {
    if (rank !== undefined) this.select(rank);
    if (this.open) this.open.panel.reveal(undefined, false);
    else this.open = this.fill(this.create());
    this.showView();
  }

  /** Copies how the object of a row is held. The panel has the text, and sends it back. */
  copyPath({ leaklineRow }: RowContext): void {
    this.open?.server.emit('copyPath', leaklineRow);
  }

  /** @throws LeaklineError; see `openPlace`. */
  async revealInSource({ leaklinePlace }: RowContext): Promise<void> {
    if (this.open && leaklinePlace) {
      await openPlace(this.results, leaklinePlace, columnBeside(this.open.panel));
    }
  }

  /** The panel stays: VS Code takes it away, or brings it back after a reload. */
  dispose(): void {
    this.subscriptions.dispose();
    this.open?.server.dispose();
  }

  private create(): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(VIEW_TYPE, 'Leakline', vscode.ViewColumn.Beside);
  }

  private restore(panel: vscode.WebviewPanel, state: unknown): void {
    if (this.open) {
      panel.dispose();
      return;
    }
    this.selection ??= readSelection(state);
    this.open = this.fill(panel);
    this.showView();
  }

  /** Gives a panel its page, and answers what that asks. */
  private fill(panel: vscode.WebviewPanel): OpenPanel {
    const scripts = vscode.Uri.joinPath(this.extensionUri, 'dist');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [scripts] };
    panel.iconPath = vscode.Uri.joinPath(this.extensionUri, 'media', 'icon.png');
    const disposables = new DisposableStore();
    const server = disposables.add(this.serve(panel));
    panel.onDidDispose(() => {
      disposables.dispose();
      this.open = undefined;
    });
    const bundled = (name: string) =>
      webview.asWebviewUri(vscode.Uri.joinPath(scripts, name)).toString();
    webview.html = panelHtml({
      nonce: randomBytes(16).toString('base64'),
      cspSource: webview.cspSource,
      scriptUri: bundled('panel.js'),
      styleUri: bundled('panel.css'),
      language: vscode.l10n.bundle ? vscode.env.language : 'en',
      translations: vscode.l10n.bundle ?? {},
    });
    return { panel, server };
  }

  private serve(panel: vscode.WebviewPanel): RpcServer<PanelContract> {
    return serve<PanelContract>(webviewPort(panel), {
      view: () => this.view(),
      select: ({ resultId, rank }) => {
        if (resultId !== this.results.value?.id) return;
        this.select(rank);
        this.showView();
      },
      retainers: (request) => panelRetainers(this.results.value, request),
      open: (place) => openPlace(this.results, place, columnBeside(panel)),
      copy: async (text) => {
        if (typeof text !== 'string')
          throw new LeaklineError('usage', vscode.l10n.t('There is no text to copy.'));
        await vscode.env.clipboard.writeText(text);
      },
    });
  }

  private select(rank: number): void {
    if (this.results.value) this.selection = { heap: panelResult(this.results.value).heap, rank };
  }

  private view(): PanelView | undefined {
    if (!this.results.value) return undefined;
    const result = panelResult(this.results.value);
    const { findings } = result.report;
    const wanted = this.selection?.heap === result.heap ? this.selection.rank : undefined;
    const selected = findings.find(({ rank }) => rank === wanted) ?? findings[0];
    return { result, rank: selected?.rank };
  }

  private showView(): void {
    if (!this.open) return;
    const view = this.view();
    const finding = view?.result.report.findings.find(({ rank }) => rank === view.rank);
    this.open.panel.title = finding ? `Leakline: ${finding.className}` : 'Leakline';
    this.open.server.emit('viewChanged', view);
  }
}

/** Where a source line is opened so that it does not cover the panel. */
function columnBeside({ viewColumn }: vscode.WebviewPanel): vscode.ViewColumn {
  return viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
}
