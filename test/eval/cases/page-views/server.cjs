const { MessageChannel } = require('node:worker_threads');

const { port1: inbox, port2: outbox } = new MessageChannel();
inbox.unref();
outbox.unref();

function count(path, detail) {
  outbox.postMessage({ path, detail, at: Date.now() });
}

/** GET /pages/:id */
exports.work = function work(i) {
  const detail = Buffer.alloc(2000, i % 256);
  count(`/pages/${i % 10}`, detail);
  return detail.length;
};
