globalThis.settings = {
  defaults: { colour: '#fff', logo: 'default.svg', tags: [] },
};
