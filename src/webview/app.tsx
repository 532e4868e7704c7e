import * as l10n from '@vscode/l10n';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { describeError } from '../base/errors';
import type { RpcClient } from '../base/rpc';
import { FindingDetails } from './findingDetails';
import { FindingList } from './findingList';
import { GrowthCharts } from './growthCharts';
import type { PanelContract, PanelView, PlaceReference } from './panelContract';
import type { PanelState } from './panelState';
import { RunSummary } from './runSummary';

interface AppProps {
  readonly client: RpcClient<PanelContract>;
  readonly saved: PanelState | undefined;
  readonly save: (state: PanelState) => void;
}

/** The whole panel: the findings of a result and the details of the selected one. */
export function App({ client, saved, save }: AppProps) {
  const [failure, setFailure] = useState<string>();
  const fail = useCallback((error: unknown) => setFailure(describeError(error)), []);
  const view = useView(client, fail);

  const open = (place: PlaceReference) => {
    setFailure(undefined);
    client.call('open', place).catch(fail);
  };
  const copy = (text: string) => {
    setFailure(undefined);
    client.call('copy', text).catch(fail);
  };

  return (
    <>
      {failure !== undefined && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
      {view === 'loading' ? (
        <p class="note" role="status">
          {l10n.t('Loading…')}
        </p>
      ) : view === undefined ? (
        <p class="note">{l10n.t('No findings. Run “Leakline: Find Leaks…” to look for leaks.')}</p>
      ) : (
        <Result
          client={client}
          view={view}
          saved={saved}
          save={save}
          open={open}
          copy={copy}
          fail={fail}
        />
      )}
    </>
  );
}

interface ResultProps extends AppProps {
  readonly view: PanelView;
  readonly open: (place: PlaceReference) => void;
  readonly copy: (text: string) => void;
  readonly fail: (error: unknown) => void;
}

function Result({ client, view, saved, save, open, copy, fail }: ResultProps) {
  const { result, rank } = view;
  const { id, heap, report, ignored, nodes, stepsInsideNode } = result;
  const { findings } = report;
  const index = findings.findIndex((finding) => finding.rank === rank);
  const finding = findings[index];

  const select = (selected: number) => {
    client.call('select', { resultId: id, rank: selected }).catch(fail);
  };

  return (
    <main class="result">
      <RunSummary report={report} ignored={ignored} />
      {findings.length > 1 && <FindingList findings={findings} selected={rank} onSelect={select} />}
      {finding && (
        <FindingDetails
          key={`${id}.${finding.rank}`}
          client={client}
          resultId={id}
          finding={finding}
          nodes={nodes[index] ?? []}
          stepsInsideNode={stepsInsideNode[index] ?? 0}
          saved={saved?.heap === heap && saved.rank === finding.rank ? saved : undefined}
          save={(tree) => save({ heap, rank: finding.rank, ...tree })}
          open={open}
          copy={copy}
        />
      )}
      <GrowthCharts resultId={id} memory={report.memory} finding={finding} />
    </main>
  );
}

/** The view as the extension has it: asked once, then told of every change. */
function useView(
  client: RpcClient<PanelContract>,
  fail: (error: unknown) => void,
): PanelView | undefined | 'loading' {
  const [view, setView] = useState<PanelView | undefined | 'loading'>('loading');
  useEffect(() => {
    const subscription = client.on('viewChanged', setView);
    client.call('view').then(setView, fail);
    return () => subscription.dispose();
  }, [client, fail]);
  return view;
}
