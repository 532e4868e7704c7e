const words = new Map();

function intern(text) {
  const known = words.get(text);
  if (known) {
    known.used++;
    return known.text;
  }
  words.set(text, { text, used: 1 });
  return text;
}

function draw(seed) {
  let state = (seed * 2654435761) >>> 0;
  state ^= state >>> 15;
  return Math.imul(state, 2246822519) >>> 0;
}

/** POST /articles: texts are made of a language of 2,000 words. */
export function work(i) {
  const tags = [0, 1, 2, 3].map((n) => intern(`word-${draw(i * 4 + n) % 2000}`));
  return tags.join(' ').length;
}
