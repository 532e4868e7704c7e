'use strict';
const { loggerFor } = require('./log');

exports.handle = async function handle(request) {
  const id = request.url.split('/').pop();
  const log = loggerFor(id);
  const steps = ['fetched', 'parsed', 'stored'];
  for (const step of steps) log.info(step, { id });
  return { id, steps: steps.length };
};
