'use strict';
const { createHooks } = require('./hooks');

const hooks = createHooks();

function upload(name, chunks) {
  const parts = chunks.map((chunk, at) => ({ at, text: chunk.repeat(3) }));
  let finished = false;
  hooks.beforeStop(() => {
    if (!finished) console.error(name + ' is incomplete: ' + parts.length + ' parts');
  });
  finished = parts.every(({ text }) => text.length > 0);
  return finished;
}

exports.work = (i) => upload('photo-' + i + '.jpg', ['a' + i, 'b' + i, 'c' + i]);
