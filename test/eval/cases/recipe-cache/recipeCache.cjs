class RecipeCache {
  #recipes = new Map();

  constructor(max) {
    this.max = max;
  }

  get(id) {
    const recipe = this.#recipes.get(id);
    if (recipe) {
      this.#recipes.delete(id);
      this.#recipes.set(id, recipe);
    }
    return recipe;
  }

  set(id, recipe) {
    this.#recipes.set(id, recipe);
    if (this.#recipes.size > this.max) this.#recipes.delete(this.#recipes.keys().next().value);
  }
}

exports.RecipeCache = RecipeCache;
