import { requireName } from './names';
import { LIST_IN_CONTAINER, signalInContainer } from './containerCommands';
import type { MakeForward, Place } from './place';

/** A container of a pod; what is not named is what kubectl takes by itself. */
export interface KubernetesPod {
  readonly pod: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly container?: string;
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

function scopeArgs({ context, namespace }: KubernetesPod): string[] {
  return [
    ...(context === undefined ? [] : ['--context', requireName('context', context)]),
    ...(namespace === undefined ? [] : ['--namespace', requireName('namespace', namespace)]),
  ];
}
