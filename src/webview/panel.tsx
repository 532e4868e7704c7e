import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { connect } from '../base/rpc';
import { App } from './app';
import type { PanelContract } from './panelContract';
import { acquireHost, panelPort } from './panelHost';
import { readPanelState } from './panelState';
import './vscodeElements';

// Every page has it; see panelHtml.
l10n.config({ contents: document.getElementById('translations')!.textContent });

const host = acquireHost();
const client = connect<PanelContract>(panelPort(host));

render(
  <App
    client={client}
    saved={readPanelState(host.getState())}
    save={(state) => host.setState(state)}
  />,
  document.body,
);
