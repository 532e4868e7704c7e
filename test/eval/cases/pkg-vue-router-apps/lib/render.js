'use strict';
const Vue = require('vue');
const { createRenderer } = require('vue-server-renderer');
const router = require('./router');

const renderer = createRenderer();

exports.handle = async function handle(request) {
  const app = new Vue({
    router,
    data: { visitor: request.headers['user-agent'] || 'unknown', path: request.url },
    template: '<main><p>{{ visitor }}</p><router-view></router-view></main>',
  });
  try {
    return { html: await renderer.renderToString(app) };
  } finally {
    app.$destroy();
  }
};
