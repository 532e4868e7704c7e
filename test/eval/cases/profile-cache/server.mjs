import { LruCache } from './lruCache.mjs';

const profiles = new LruCache({ size: 500 });

function load(id) {
  return { id, name: `user ${id}`, roles: ['reader', `group ${id % 9}`] };
}

export function work(i) {
  const id = `u${i}`;
  let profile = profiles.get(id);
  if (!profile) {
    profile = load(id);
    profiles.set(id, profile);
  }
  return profile.roles.length;
}
