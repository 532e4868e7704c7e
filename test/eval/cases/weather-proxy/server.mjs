import http from 'node:http';
import { once } from 'node:events';

const agent = new http.Agent({ keepAlive: true, maxSockets: 10 });
const upstream = http.createServer((request, response) => {
  response.end(JSON.stringify({ city: request.url.slice(1), degrees: 17 }));
});
upstream.unref();
export const ready = once(upstream.listen(0, '127.0.0.1'), 'listening');

async function weather(city) {
  const { port } = upstream.address();
  const request = http.get({ host: '127.0.0.1', port, path: `/${city}`, agent });
  const [response] = await once(request, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return JSON.parse(body);
}

/** GET /weather */
export async function work(i) {
  const cities = Array.from({ length: 1 + (i % 12) }, (_, n) => weather(`city${n}`));
  return (await Promise.all(cities)).length;
}
