'use strict';
const http = require('http');
const { handle } = require('./lib/auctions');

const server = http.createServer((request, response) => {
  handle(request).then(
    (answer) => response.end(JSON.stringify(answer)),
    (error) => {
      response.statusCode = 500;
      response.end(String(error.stack));
    },
  );
});
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

/** One request to the server; answers the body. */
function get(path) {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.address().port, path, agent };
    const request = http.get(options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () =>
        response.statusCode === 200 ? resolve(body) : reject(new Error(`${response.statusCode}: ${body}`)),
      );
    });
    request.on('error', reject);
  });
}

exports.ready = new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
exports.work = (i) => get(`/auctions/${i}/close`);
