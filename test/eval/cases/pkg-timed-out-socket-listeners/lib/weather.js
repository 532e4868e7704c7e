'use strict';
const http = require('http');
const timedOut = require('timed-out');
const station = require('./station');

const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });

async function measure(place) {
  const { port } = await station.address;
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path: `/${place}`, agent }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve(JSON.parse(text)));
    });
    timedOut(request.on('error', reject), { connect: 2000, socket: 4000 });
  });
}

exports.handle = async function handle(request) {
  const place = request.url.split('/').pop();
  const { celsius } = await measure(place);
  return { place, celsius, fahrenheit: celsius * 1.8 + 32 };
};
