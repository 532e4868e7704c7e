'use strict';

const steps = Array.from({ length: 30 }, (_, at) => ({ from: at * 10, factor: 1 - at / 100 }));
let discount = 0;

exports.setDiscount = (percent) => {
  discount = percent;
};
exports.price = (amount) => {
  const step = steps.findLast(({ from }) => amount >= from);
  return amount * step.factor * (1 - discount / 100);
};
