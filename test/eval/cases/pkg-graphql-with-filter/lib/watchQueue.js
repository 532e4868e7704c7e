'use strict';
const { withFilter } = require('graphql-subscriptions');

/** What the dashboard of one queue subscribes to; answers the ids of its open tickets. */
module.exports = function watchQueue(pubsub, queue) {
  const open = new Set();
  const subscribe = withFilter(
    () => pubsub.asyncIterator('TICKET'),
    ({ ticketChanged }) => ticketChanged.queue === queue,
  );
  const changes = subscribe();
  (async () => {
    for (;;) {
      const { value, done } = await changes.next();
      if (done) return;
      open.add(value.ticketChanged.id);
    }
  })();
  return open;
};
