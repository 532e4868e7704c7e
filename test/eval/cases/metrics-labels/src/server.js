import { Counter } from './counter.js';

const requests = new Counter('http_requests_total', ['method', 'path', 'status']);

function handle(method, url) {
  const [path] = url.split('?');
  const status = path.startsWith('/orders/') ? 200 : 404;
  requests.increase({ method, path, status });
  return status;
}

export function work(i) {
  handle('GET', '/orders/' + i + '?full=1');
  handle('GET', '/health?at=' + i);
  if (i % 100 === 0) requests.render();
}
