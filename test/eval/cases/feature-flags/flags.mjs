import { setMaxListeners } from 'node:events';

const values = new Map();

export const flags = new EventTarget();
setMaxListeners(0, flags);

class FlagEvent extends Event {
  constructor(detail) {
    super('change');
    this.detail = detail;
  }
}

export function setFlag(name, value) {
  values.set(name, value);
  flags.dispatchEvent(new FlagEvent({ name, value }));
}
