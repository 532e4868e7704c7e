const http = require('node:http');

function fetchRates(port, currency) {
  const agent = new http.Agent({ keepAlive: true });
  const options = { host: '127.0.0.1', port, path: `/rates/${currency}`, agent };
  return new Promise((resolve, reject) => {
    const request = http.get(options, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve(JSON.parse(body)));
    });
    request.on('error', reject);
  });
}

exports.fetchRates = fetchRates;
