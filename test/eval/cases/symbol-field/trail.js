'use strict';

const trail = Symbol('trail');

/** Gives an object a trail of what was done to it. */
function track(target) {
  target[trail] = [];
  return target;
}

function mark(target, step, details) {
  target[trail].push({ step, details });
}

function lastStep(target) {
  return target[trail].at(-1)?.step;
}

module.exports = { track, mark, lastStep };
