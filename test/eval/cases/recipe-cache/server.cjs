const { RecipeCache } = require('./recipeCache.cjs');

const cache = new RecipeCache(800);

function load(id) {
  return { id, title: `recipe ${id}`, steps: [`mix ${id}`, 'bake'], rating: id % 5 };
}

/** GET /recipes/:id */
exports.work = function work(i) {
  const recipe = cache.get(i) ?? load(i);
  cache.set(i, recipe);
  return recipe.steps.length;
};
