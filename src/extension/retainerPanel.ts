import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { DisposableStore } from '../base/disposable';
import { serve, type RpcServer } from '../base/rpc';
import type { PanelContract, PanelView } from '../webview/panelContract';
import type { CurrentResult } from './currentResult';
import { openPlace } from './openPlace';
import { panelHtml } from './panelHtml';
import { panelResult, panelRetainers } from './panelView';
import { webviewPort } from './webviewPort';

/** The panel with the findings and the retainer tree of the selected one. There is at most one. */
export class RetainerPanel implements vscode.Disposable {
  private readonly subscription;
  private open: { panel: vscode.WebviewPanel; server: RpcServer<PanelContract> } | undefined;
  private rank: number | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly results: CurrentResult,
  ) {
    this.subscription = results.onDidChange(() => {
      this.rank = undefined;
      this.showView();
    });
  }

  /** Opens the panel or brings it to the front. @param rank Of a finding, if one is asked for. */
  show(rank?: number): void {
    if (rank !== undefined) this.rank = rank;
    if (this.open) this.open.panel.reveal(undefined, false);
    else this.open = this.create();
    this.showView();
  }

  dispose(): void {
    this.subscription.dispose();
    this.open?.panel.dispose();
  }

  private create() {
    const scripts = vscode.Uri.joinPath(this.extensionUri, 'dist');
    const media = vscode.Uri.joinPath(this.extensionUri, 'media');
    const panel = vscode.window.createWebviewPanel(
      'leakline.retainers',
      'Leakline',
      vscode.ViewColumn.Beside,
      { enableScripts: true, localResourceRoots: [scripts, media] },
    );
    const { webview } = panel;
    panel.iconPath = vscode.Uri.joinPath(media, 'icon.png');
    const disposables = new DisposableStore();
    const server = disposables.add(this.serve(panel));
    panel.onDidDispose(() => {
      disposables.dispose();
      this.open = undefined;
    });
    webview.html = panelHtml({
      nonce: randomBytes(16).toString('base64'),
      cspSource: webview.cspSource,
      scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(scripts, 'panel.js')).toString(),
      styleUri: webview.asWebviewUri(vscode.Uri.joinPath(media, 'panel.css')).toString(),
    });
    return { panel, server };
  }

  private serve(panel: vscode.WebviewPanel): RpcServer<PanelContract> {
    return serve<PanelContract>(webviewPort(panel), {
      view: () => this.view(),
      select: ({ resultId, rank }) => {
        if (resultId !== this.results.value?.id) return;
        this.rank = rank;
        this.showView();
      },
      retainers: (request) => panelRetainers(this.results.value, request),
      open: (place) => openPlace(this.results, place, columnBeside(panel)),
    });
  }

  private view(): PanelView | undefined {
    const result = this.results.value;
    if (!result) return undefined;
    const { findings } = result.report;
    const selected = findings.find(({ rank }) => rank === this.rank) ?? findings[0];
    return { result: panelResult(result), rank: selected?.rank };
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
