const views = new Map();

function render(id) {
  return { id, rows: [id, id + 1, id + 2], html: `<b>${id}</b>` };
}

function viewOf(id) {
  const known = views.get(id)?.deref();
  if (known) return known;
  const view = render(id);
  views.set(id, new WeakRef(view));
  return view;
}

/** GET /widgets/:id */
exports.work = function work(i) {
  return viewOf(i).html.length + viewOf(i).rows.length;
};
