import { on } from 'node:events';

async function* changesOf(orders, id, signal) {
  for await (const [status] of on(orders, 'changed')) {
    if (status.id === id) yield status;
  }
}

/** Writes every change of the order to the page as long as it is looked at. */
export async function follow(orders, page, signal) {
  try {
    for await (const status of changesOf(orders, page.order, signal)) {
      page.lines.push(`${status.state} at ${status.at}`);
    }
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}
