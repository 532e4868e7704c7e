'use strict';

/** Handlers that run before the server stops. */
function createHooks() {
  const handlers = [];
  return {
    beforeStop(handler) {
      handlers.push(handler);
    },
    async stop() {
      for (const handler of handlers.reverse()) await handler();
    },
  };
}

module.exports = { createHooks };
