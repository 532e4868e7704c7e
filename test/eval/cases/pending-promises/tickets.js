import { maintenance } from './maintenance.js';

const unsaved = new Set();

async function saveBeforeMaintenance(ticket) {
  await maintenance.begins;
  if (unsaved.has(ticket)) ticket.saved = true;
}

export async function handle(id, text) {
  const ticket = { id, text, history: ['created', 'assigned'] };
  unsaved.add(ticket);
  saveBeforeMaintenance(ticket);
  await null;
  ticket.saved = true;
  unsaved.delete(ticket);
  return ticket.history.length;
}
