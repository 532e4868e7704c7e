import { setImmediate as nextTurn } from 'node:timers/promises';
import pMap from 'p-map';
import { stopping } from './lifecycle.js';

const sizes = [64, 128, 256, 512];

async function scale(picture) {
  await nextTurn();
  return sizes.map((size) => ({ picture, size, file: `${picture}-${size}.webp` }));
}

export async function handle(request) {
  const album = request.url.split('/').pop();
  const pictures = Array.from({ length: 6 }, (_, at) => `${album}-${at}`);
  const thumbnails = await pMap(pictures, scale, { concurrency: 3, signal: stopping });
  return { album, files: thumbnails.flat().length };
}
