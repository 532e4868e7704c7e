import type * as vscode from 'vscode';
import { Emitter } from '../../base/event';
import type { RpcPort } from '../../base/rpc';

/** The port to the code inside a panel's webview; it closes with the panel. */
export function webviewPort(panel: vscode.WebviewPanel): RpcPort {
  const messages = new Emitter<unknown>();
  const closed = new Emitter<Error>();
  panel.webview.onDidReceiveMessage((message: unknown) => messages.fire(message));
  panel.onDidDispose(() => {
    closed.fire(new Error('The panel was closed.'));
    messages.dispose();
    closed.dispose();
  });
  return {
    post: (message) => void panel.webview.postMessage(message),
    onMessage: messages.event,
    onClose: closed.event,
  };
}
