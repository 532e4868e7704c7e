import { ChatRoom } from './chatRoom.js';

const lobby = new ChatRoom();

export async function work(i: number): Promise<number> {
  const member = lobby.join('guest-' + i);
  lobby.say(member, 'hello from ' + i);
  await Promise.resolve();
  lobby.leave(member);
  return lobby.present;
}
