import { openDocument } from './documents.mjs';

/** GET /documents/:id */
export function work(i) {
  const document = openDocument(`doc-${i}`);
  document.touch();
  return document.summary();
}
