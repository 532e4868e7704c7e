'use strict';
const { createElement: h } = require('react');
const { renderToString } = require('react-dom/server');
const Article = require('./Article');

exports.handle = async function handle(request) {
  const id = request.url.split('/').pop();
  const article = { id, title: `Article ${id}`, lines: Array.from({ length: 8 }, (_, at) => `Line ${at} of ${id}`) };
  const html = renderToString(h(Article, { article }));
  return { id, length: html.length };
};
