const rows = Array.from({ length: 500 }, (_, n) => ({ id: n, total: n * 3 }));
const cursors = new Map();

function* pages(filter, size) {
  const matching = rows.filter(filter);
  for (let from = 0; from < matching.length; from += size) {
    yield matching.slice(from, from + size);
  }
}

function open(session, minimum) {
  const cursor = pages((row) => row.total >= minimum, 25);
  cursors.set(session, cursor);
  return cursor.next().value;
}

function more(session) {
  return cursors.get(session)?.next().value ?? [];
}

function close(session) {
  cursors.get(session)?.return();
}

/** A user looks at two pages of a report and closes it. */
exports.work = function work(i) {
  const session = `session-${i}`;
  const shown = [...open(session, i % 900), ...more(session)];
  close(session);
  return shown.length;
};
