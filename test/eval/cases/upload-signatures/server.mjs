import { randomFillSync } from 'node:crypto';
import { inspectUpload } from './uploads.mjs';

/** PUT /files/:id with a body of 48 KiB */
export function work(i) {
  const body = Buffer.allocUnsafeSlow(48 * 1024);
  randomFillSync(body, 0, 64);
  return inspectUpload(`file-${i}`, body);
}
