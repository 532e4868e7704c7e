'use strict';

globalThis.__requestLog = [];

exports.note = (method, path, milliseconds) => {
  globalThis.__requestLog.push({ method, path, milliseconds });
};

exports.slowest = () => {
  let slowest;
  for (const entry of __requestLog) {
    if (!slowest || entry.milliseconds > slowest.milliseconds) slowest = entry;
  }
  return slowest;
};
