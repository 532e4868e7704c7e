const articles = Array.from({ length: 40 }, (_, n) => `article ${n} about topic ${n % 7}`);
const patterns = {};

function patternFor(words) {
  const text = words.join('|');
  if (!patterns[text]) {
    patterns[text] = { regexp: new RegExp(`\\b(${text})\\b`, 'gi'), used: 0 };
  }
  patterns[text].used++;
  return patterns[text].regexp;
}

function search(words) {
  const pattern = patternFor(words);
  return articles.filter((article) => {
    pattern.lastIndex = 0;
    return pattern.test(article);
  });
}

/** GET /search?q= */
exports.work = function work(i) {
  return search(['topic', `number${i}`]).length;
};
