import { Emitter } from '../base/event';
import type { RpcPort } from '../base/rpc';

/** What VS Code gives a webview; it may be acquired once per load. */
export interface PanelHost {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): PanelHost;

export function acquireHost(): PanelHost {
  return acquireVsCodeApi();
}

/** The port to the extension. It never closes: the webview's code ends with its panel. */
export function panelPort(host: PanelHost): RpcPort {
  const messages = new Emitter<unknown>();
  window.addEventListener('message', (event) => messages.fire(event.data));
  return {
    post: (message) => host.postMessage(message),
    onMessage: messages.event,
    onClose: new Emitter<Error>().event,
  };
}
