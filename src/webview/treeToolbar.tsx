import * as l10n from '@vscode/l10n';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formatCount } from '../base/bytes';

/** A filter takes a look at every retainer: not for each letter of a word. */
const TYPING_MS = 200;

interface TreeToolbarProps {
  /** The filter field, so that a key can lead there. */
  readonly field: RefObject<VscodeTextfield>;
  readonly filter: string;
  /** Retainers that the filter lets through; undefined while it is not known. */
  readonly matches: number | undefined;
  readonly onFilter: (text: string) => void;
  readonly onCopy: () => void;
  /** Undefined if the row with the focus has no place in source. */
  readonly onReveal: (() => void) | undefined;
}

/** What can be done with the tree: filter its retainers, copy a path, go to the source. */
export function TreeToolbar(props: TreeToolbarProps) {
  const { field, filter, matches, onFilter, onCopy, onReveal } = props;
  const [text, setText] = useState(filter);
  useEffect(() => {
    const timer = setTimeout(() => onFilter(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div class="toolbar" role="group" aria-label={l10n.t('Retainers')}>
      <vscode-textfield
        ref={field}
        label={l10n.t('Filter retainers by class or edge')}
        placeholder={l10n.t('Filter retainers by class or edge')}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <span class="dim" role="status">
        {filter !== '' && matches !== undefined && l10n.t('{0} found', formatCount(matches))}
      </span>
      <vscode-toolbar-button
        icon="copy"
        label={l10n.t('Copy Path')}
        title={l10n.t('Copy Path')}
        onClick={onCopy}
      />
      <vscode-toolbar-button
        icon="go-to-file"
        label={l10n.t('Reveal in Source')}
        title={l10n.t('Reveal in Source')}
        // Keeps its room: the rows below must not move as the focus does.
        style={{ visibility: onReveal ? 'visible' : 'hidden' }}
        onClick={onReveal}
      />
    </div>
  );
}
