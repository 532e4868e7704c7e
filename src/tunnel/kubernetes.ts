import { requireName } from './names';
import { LIST_IN_CONTAINER, signalInContainer } from './containerCommands';
import type { MakeForward, Place } from './place';
import { runTool, type RunOptions } from './runTool';
import { LeaklineError } from '../base/errors';

/** A container of a pod; what is not named is what kubectl takes by itself. */
export interface KubernetesPod {
  readonly pod: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly container?: string;
}

/** What a list of names depends on. */
export type KubernetesScope = Pick<KubernetesPod, 'context' | 'namespace'>;

/** A pod that can be chosen. */
export interface ListedPod {
  readonly name: string;
  /** Such as `Running`. */
  readonly phase: string;
  readonly containers: readonly string[];
}

const FORWARDING = /^Forwarding from 127\.0\.0\.1:/;

/** @throws LeaklineError `usage` for names that cannot be any */
export function kubernetesPlace(target: KubernetesPod): Place {
  const { pod, container } = target;
  const inContainer = container === undefined ? [] : ['-c', requireName('container', container)];
  const run: Place['run'] = (args) => {
    const exec = ['exec', requireName('pod', pod), ...inContainer, '--', ...args];
    return { file: 'kubectl', args: [...scopeArgs(target), ...exec] };
  };
  return {
    title: `pod ${pod}`,
    run,
    listProcesses: () => run(LIST_IN_CONTAINER),
    otherSignal: (pid) => run(signalInContainer(pid)),
  };
}

/** `kubectl port-forward`, which listens on 127.0.0.1 and leads to that of the pod. */
export function kubernetesForward(target: KubernetesPod): MakeForward {
  const pod = `pod/${requireName('pod', target.pod)}`;
  return (local, remote) => ({
    file: 'kubectl',
    args: [
      ...scopeArgs(target),
      ...['port-forward', '--address=127.0.0.1', pod, `${local}:${remote}`],
    ],
    ready: FORWARDING,
  });
}

/** The contexts of the person's configuration, the current one first. */
export async function listContexts(options?: RunOptions): Promise<string[]> {
  const config = await kubectlJson(['config', 'view', '-o', 'json'], options);
  const current = textOf(config['current-context']);
  const names = list(config['contexts']).map((context) => textOf(context['name']));
  return [current, ...names.filter((name) => name !== current)].filter((name) => name !== '');
}

export async function listNamespaces(
  scope: KubernetesScope,
  options?: RunOptions,
): Promise<string[]> {
  const found = await kubectlJson(
    [...scopeArgs(scope), 'get', 'namespaces', '-o', 'json'],
    options,
  );
  return list(found['items']).map(nameOf);
}

export async function listPods(scope: KubernetesScope, options?: RunOptions): Promise<ListedPod[]> {
  const found = await kubectlJson([...scopeArgs(scope), 'get', 'pods', '-o', 'json'], options);
  return list(found['items']).map((pod) => ({
    name: nameOf(pod),
    phase: textOf(fieldsOf(pod['status'])['phase']),
    containers: list(fieldsOf(pod['spec'])['containers']).map(({ name }) => textOf(name)),
  }));
}

function scopeArgs({ context, namespace }: KubernetesScope): string[] {
  return [
    ...(context === undefined ? [] : ['--context', requireName('context', context)]),
    ...(namespace === undefined ? [] : ['--namespace', requireName('namespace', namespace)]),
  ];
}

type Fields = Readonly<Record<string, unknown>>;

async function kubectlJson(args: readonly string[], options?: RunOptions): Promise<Fields> {
  const text = await runTool({ file: 'kubectl', args }, options);
  try {
    return fieldsOf(JSON.parse(text));
  } catch (cause) {
    const hint = 'Check that the kubectl on your PATH is the one of Kubernetes.';
    throw new LeaklineError('tunnelFailed', 'kubectl answered no JSON.', hint, { cause });
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function nameOf(item: Fields): string {
  return textOf(fieldsOf(item['metadata'])['name']);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
