// Runs the case in the working directory: imports the module that package.json names as main, serves
// GET /work?n=N on loopback, which calls its `work` N times, and prints {"port":PORT} when ready.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// Never outlives a run that was ended without a chance to clean up.
setTimeout(process.exit, 30 * 60_000, 1);

const { main } = JSON.parse(await readFile('package.json', 'utf8'));
const imported = await import(pathToFileURL(path.resolve(main)).href);
const { work, ready } = imported.work ? imported : imported.default;
await ready;

let done = 0;
const server = createServer(async (request, response) => {
  try {
    const count = Number(new URL(request.url, 'http://127.0.0.1').searchParams.get('n'));
    for (let i = 0; i < count; i++) await work(done++);
    response.end('done\n');
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error?.stack));
  }
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
