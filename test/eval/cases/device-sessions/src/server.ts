import { Device } from './device';

/** POST /devices/:id/login */
export function work(i: number): number {
  const device = Device.named(`device ${i % 40}`);
  const token = device.login(`user ${i}`);
  device.logout(token);
  return device.active;
}
