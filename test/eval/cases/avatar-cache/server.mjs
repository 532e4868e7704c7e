const MAX = 600;
const avatars = new Map();
const keys = [];
let state = 7;

function random(below) {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return (state >>> 8) % below;
}

function remember(key, avatar) {
  avatars.set(key, avatar);
  if (keys.length < MAX) {
    keys.push(key);
    return;
  }
  const place = random(MAX);
  avatars.delete(keys[place]);
  keys[place] = key;
}

/** GET /avatars/:id */
export function work(i) {
  const id = `user-${i}`;
  if (!avatars.has(id)) remember(id, { id, colours: [i % 256, (i * 3) % 256], shape: i % 8 });
  return avatars.size;
}
