import { Job } from './job';

let sent = 0;

export function work(i: number): number {
  const job = new Job('newsletter ' + i, [() => sent++, () => sent++]);
  job.run();
  return Job.waiting();
}
