'use strict';
const { createElement: h } = require('react');
const { Helmet } = require('react-helmet');

module.exports = function Article({ article }) {
  return h(
    'main',
    null,
    h(Helmet, null, h('title', null, article.title), h('meta', { name: 'description', content: article.lines[0] })),
    h('h1', null, article.title),
    article.lines.map((line) => h('p', { key: line }, line)),
  );
};
