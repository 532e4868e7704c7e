import { route } from './routes';

export function work(i: number): number {
  const legs = route('home ' + (i % 10), 'office ' + (i % 4), i);
  return legs.reduce((sum, leg) => sum + leg.minutes, 0);
}
