import { Document } from './document.js';

const minutes = new Document();

export function work(i) {
  minutes.replace('Minutes of the meeting, revision ' + i + ', draft');
  minutes.replace('Minutes of the meeting, revision ' + i + ', final');
  return minutes.text.length;
}
