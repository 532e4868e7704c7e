export const searches = [];
export const popular = new Map();

export function countPopular(term) {
  popular.set(term, (popular.get(term) ?? 0) + 1);
}
