// `node drive.js PORT [REQUESTS=200]`: lets the exercise that listens there do its work.
'use strict';
const http = require('node:http');

const [port, requests = '200'] = process.argv.slice(2);
http
  .get(`http://127.0.0.1:${port}/work?n=${requests}`, (response) => {
    if (response.statusCode !== 200) process.exitCode = 1;
    response.resume();
  })
  .on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
