const titles = [];

function download(i) {
  const item = `<item><title>Story number ${i} of today</title><body>${'lorem ipsum '.repeat(300)}</body></item>`;
  return Buffer.from(item).toString('latin1');
}

function titleOf(document) {
  const from = document.indexOf('<title>') + 7;
  return document.slice(from, document.indexOf('</title>'));
}

function remember(title) {
  titles.push(title);
}

exports.work = function work(i) {
  const document = download(i);
  remember(titleOf(document));
  return titles.length;
};
