// Only what is imported here is in the bundle.
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeToolbarButton } from '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import type { JSX } from 'preact';

type Props<E extends HTMLElement, K extends keyof E> = Partial<Pick<E, K>> &
  Omit<JSX.HTMLAttributes<E>, K>;

declare module 'preact' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how Preact takes new elements
  namespace JSX {
    interface IntrinsicElements {
      'vscode-textfield': Props<VscodeTextfield, 'label' | 'placeholder' | 'value'>;
      'vscode-toolbar-button': Props<VscodeToolbarButton, 'label' | 'icon'>;
    }
  }
}
