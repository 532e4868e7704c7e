const { TicketRoom } = require('./room.cjs');

const rooms = new Map();

function roomOf(ticket) {
  const room = rooms.get(ticket) ?? new TicketRoom(ticket);
  rooms.set(ticket, room);
  return room;
}

/** Opens a ticket, reads what is new in it and leaves. */
exports.work = async function work(i) {
  const room = roomOf(`T-${i % 12}`);
  const messages = room.join(`agent ${i}`);
  room.say(`note ${i}`);
  const { value } = await messages.next();
  await room.leave(messages);
  return value;
};
