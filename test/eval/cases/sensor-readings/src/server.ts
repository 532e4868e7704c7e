import { Readings } from './readings.js';

const temperatures = new Readings();

/** POST /sensors/:id/temperature */
export function work(i: number): number {
  for (let n = 0; n < 10; n++) temperatures.add(18 + ((i + n) % 9));
  return temperatures.mean(100);
}
