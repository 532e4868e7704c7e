import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import { formatBytes, formatCount } from '../base/bytes';
import type { RpcClient } from '../base/rpc';
import type { Finding, Site } from '../leaks/leakReport';
import { CodeText } from './codeText';
import type { PanelContract, PlaceReference } from './panelContract';
import { PAGE_ROWS, type TreeObject } from './retainerPages';
import { RetainerTree } from './retainerTree';
import { RetainerTreeView, type TreeState } from './retainerTreeView';
import { siteRoleText } from './siteRoles';

interface FindingDetailsProps {
  readonly client: RpcClient<PanelContract>;
  readonly resultId: number;
  readonly finding: Finding;
  /** Of the steps of the finding's path. */
  readonly nodes: readonly (number | undefined)[];
  /** Steps at the start of its path. */
  readonly stepsInsideNode: number;
  readonly saved: TreeState | undefined;
  readonly save: (state: TreeState) => void;
  readonly open: (place: PlaceReference) => void;
  readonly copy: (text: string) => void;
}

/** Everything about one finding. To show another one, mount it anew. */
export function FindingDetails(props: FindingDetailsProps) {
  const { client, resultId, finding, saved, save, open, copy } = props;
  const { rank, sites, evidence } = finding;
  const tree = useRetainerTree(props);

  return (
    <article class="finding">
      <h1>
        <CodeText text={finding.title} />
      </h1>
      <Facts finding={finding} />
      {sites.length > 0 && <Sites {...{ sites, rank, resultId, open }} />}
      {evidence.length > 0 && (
        <>
          <h2>{l10n.t('Why this looks like a leak')}</h2>
          <ul class="evidence">
            {evidence.map((sentence) => (
              <li key={sentence}>
                <CodeText text={sentence} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 id="chain">{l10n.t('What keeps it alive')}</h2>
      <p class="dim">
        {l10n.t(
          'From the GC root down to one leaked {0}. Open a row to see everything that holds it.',
          finding.className,
        )}
      </p>
      <RetainerTreeView
        tree={tree}
        labelledBy="chain"
        saved={saved}
        save={save}
        open={open}
        copy={copy}
        onCopyPath={(listener) => client.on('copyPath', listener)}
      />
      <h2>{l10n.t('How to fix it')}</h2>
      <p class="fix">
        <CodeText text={finding.fix} />
      </p>
    </article>
  );
}

function Facts({ finding }: { readonly finding: Finding }) {
  const { countPerRound, className, retainedBytesPerRound, confidence } = finding;
  return (
    <dl class="facts">
      {countPerRound > 0 && (
        <div>
          <dt>{l10n.t('Objects per round')}</dt>
          <dd>
            +{formatCount(countPerRound)} <code>{className}</code>
          </dd>
        </div>
      )}
      <div>
        <dt>{l10n.t('Memory per round')}</dt>
        <dd>+{formatBytes(retainedBytesPerRound)}</dd>
      </div>
      <div>
        <dt>{l10n.t('Confidence')}</dt>
        <dd>{Math.round(confidence * 100)} %</dd>
      </div>
    </dl>
  );
}

interface SitesProps {
  readonly sites: readonly Site[];
  readonly rank: number;
  readonly resultId: number;
  readonly open: (place: PlaceReference) => void;
}

function Sites({ sites, rank, resultId, open }: SitesProps) {
  return (
    <>
      <h2>{l10n.t('Where to look')}</h2>
      <ul class="sites">
        {sites.map((site, index) => (
          <li key={index}>
            <span class="role">{siteRoleText(site.role)}</span>
            <button
              type="button"
              class="link"
              onClick={() => open({ kind: 'site', resultId, rank, index })}
            >
              {site.file}:{site.line}
            </button>
            <code class="text">{site.text}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

function useRetainerTree({
  client,
  resultId,
  finding,
  nodes,
  stepsInsideNode,
  saved,
}: FindingDetailsProps): RetainerTree {
  const [tree] = useState(() => {
    const loadPage = (node: number, offset: number, filter: string) =>
      client.call('retainers', { resultId, node, offset, count: PAGE_ROWS, filter });
    return new RetainerTree(pathObjects(finding, nodes, resultId), loadPage, {
      ...saved,
      stepsInsideNode,
    });
  });
  useEffect(() => () => tree.dispose(), [tree]);
  return tree;
}

function pathObjects(
  { path, rank }: Finding,
  nodes: readonly (number | undefined)[],
  resultId: number,
): TreeObject[] {
  return path.map(({ edge, className, objectId, site }, index) => ({
    edge,
    className,
    objectId,
    node: nodes[index],
    // Nothing holds a root.
    expandable: index > 0 && nodes[index] !== undefined,
    ...(site && {
      place: {
        label: `${site.file}:${site.line}`,
        reference: { kind: 'step', resultId, rank, index },
      },
    }),
  }));
}
