const http = require('node:http');
const { parentPort } = require('node:worker_threads');

const server = http.createServer((request, response) => {
  response.end(JSON.stringify([request.url, 1.1, 0.92]));
});
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
