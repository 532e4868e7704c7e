import { AsyncLocalStorage } from 'node:async_hooks';

const traces = new AsyncLocalStorage();

export function currentTrace() {
  return traces.getStore();
}

/** Names what the current asynchronous call is doing. */
export function trace(name) {
  const parent = traces.getStore();
  const span = { name, parent, startedAt: performance.now(), tags: [`kind:${name.split(' ')[0]}`] };
  traces.enterWith(span);
  return span;
}
