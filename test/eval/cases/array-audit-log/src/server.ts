import { latest, record } from './audit';

interface Ticket {
  readonly id: number;
  state: 'open' | 'closed';
}

const tickets = new Map<number, Ticket>();

function open(id: number): Ticket {
  const ticket: Ticket = { id, state: 'open' };
  tickets.set(id, ticket);
  record('agent-' + (id % 4), 'opened ticket ' + id);
  return ticket;
}

function close(ticket: Ticket): void {
  ticket.state = 'closed';
  tickets.delete(ticket.id);
  record('agent-' + (ticket.id % 4), 'closed ticket ' + ticket.id);
}

export function work(i: number): number {
  close(open(i));
  return latest(10).length;
}
