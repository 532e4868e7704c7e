const { Journal } = require('./journal.cjs');

const journal = new Journal();

/** POST /bookings */
exports.work = async function work(i) {
  await journal.write({ account: i % 25, amount: i, text: `booking ${i}` });
  return journal.written;
};
