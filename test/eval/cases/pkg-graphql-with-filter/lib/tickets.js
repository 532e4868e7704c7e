'use strict';
const { PubSub } = require('graphql-subscriptions');
const watchQueue = require('./watchQueue');

const pubsub = new PubSub();
const dashboards = ['escalations', 'refunds', 'press', 'legal'].map((queue) => watchQueue(pubsub, queue));

exports.handle = async function handle(request) {
  const url = new URL(request.url, 'http://127.0.0.1');
  const ticket = {
    id: url.pathname.split('/').pop(),
    queue: url.searchParams.get('queue'),
    history: Array.from({ length: 4 }, (_, at) => ({ at, event: 'opened' })),
  };
  await pubsub.publish('TICKET', { ticketChanged: ticket });
  return { ticket: ticket.id, watched: dashboards.map(({ size }) => size) };
};
