import { Renderer } from './renderer.js';

const renderer = new Renderer();

/** GET /pictures/:id/thumbnail */
export function work(i: number): number {
  const picture = { id: i, width: 640, height: 480 };
  return renderer.thumbnail(picture).byteLength;
}
