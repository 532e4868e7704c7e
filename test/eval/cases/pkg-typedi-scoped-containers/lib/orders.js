'use strict';
require('reflect-metadata');
const { randomUUID } = require('crypto');
const { Container } = require('typedi');
const { Basket } = require('./Basket');

exports.handle = async function handle(request) {
  // A container of its own for each request, so that no basket is seen by another visitor.
  const container = Container.of(randomUUID());
  container.set('order', request.url.split('/').pop());
  container.set({ id: Basket, factory: () => new Basket(container.get('order')) });
  const basket = container.get(Basket);
  basket.add('tea', 2).add('mug', 1);
  const total = basket.total();
  container.reset();
  return { order: basket.order, total };
};
