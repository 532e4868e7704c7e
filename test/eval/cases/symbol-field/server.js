'use strict';
const { track, mark, lastStep } = require('./trail');

const oven = track({ name: 'oven 1', degrees: 20 });

exports.work = (i) => {
  oven.degrees = 180 + (i % 40);
  mark(oven, 'heat', { degrees: oven.degrees, batch: 'batch ' + i });
  mark(oven, 'bake', { minutes: 20 + (i % 7), batch: 'batch ' + i });
  return lastStep(oven);
};
