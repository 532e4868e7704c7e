const parsed = new WeakMap();

function parse(request) {
  let query = parsed.get(request);
  if (!query) {
    query = Object.fromEntries(new URL(request.url, 'http://localhost').searchParams);
    parsed.set(request, query);
  }
  return query;
}

const recent = [];

exports.work = function work(i) {
  const request = { url: `/search?q=word${i}&page=${i % 9}`, headers: { host: 'localhost' } };
  recent.push(request);
  if (recent.length > 200) recent.shift();
  return Object.keys(parse(request)).length + Object.keys(parse(recent[0])).length;
};
