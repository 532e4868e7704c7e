require('./settings.cjs');

function settingsOf(tenant, overrides) {
  globalThis.settings = { ...globalThis.settings, [tenant]: overrides };
  return { ...globalThis.settings.defaults, ...globalThis.settings[tenant] };
}

/** GET /:tenant/theme */
exports.work = function work(i) {
  const tenant = `tenant-${i}`;
  const { colour, logo } = settingsOf(tenant, { colour: `#${i.toString(16)}`, tags: [i] });
  return `${colour} ${logo}`;
};
