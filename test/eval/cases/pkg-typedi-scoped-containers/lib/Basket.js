'use strict';

const prices = { tea: 4.2, mug: 9.9 };

exports.Basket = class Basket {
  constructor(order) {
    this.order = order;
    this.lines = [];
  }

  add(article, quantity) {
    this.lines.push({ article, quantity });
    return this;
  }

  total() {
    return this.lines.reduce((sum, { article, quantity }) => sum + prices[article] * quantity, 0);
  }
};
