'use strict';
const express = require('express');
const session = require('express-session');

const app = express();
app.disable('x-powered-by');
app.use(
  session({
    secret: 'a long and random text',
    resave: false,
    saveUninitialized: true,
    cookie: { maxAge: 30 * 60 * 1000 },
  }),
);

app.get('/products/:id', (request, response) => {
  const seen = (request.session.seen = request.session.seen || []);
  seen.push({ product: request.params.id, at: Date.now() });
  response.json({ product: request.params.id, seen: seen.length });
});

exports.app = app;
