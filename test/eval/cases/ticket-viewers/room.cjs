class TicketRoom {
  #viewers = new Set();
  #log = [];

  constructor(ticket) {
    this.ticket = ticket;
  }

  join(agent) {
    const messages = this.#read(agent);
    this.#viewers.add(messages);
    return messages;
  }

  async leave(messages) {
    await messages.return();
  }

  say(text) {
    this.#log.push({ text, at: Date.now() });
    if (this.#log.length > 20) this.#log.shift();
  }

  async *#read(agent) {
    const seen = { agent, ticket: this.ticket, count: 0 };
    for (const { text } of this.#log) {
      seen.count++;
      yield `${seen.agent} reads ${text}`;
    }
  }
}

exports.TicketRoom = TicketRoom;
