import { EventEmitter, once } from 'node:events';

export class Outbox extends EventEmitter {
  #mails = [];
  #relay;

  constructor(relay) {
    super();
    this.#relay = relay;
  }

  add(mail) {
    this.#mails.push(mail);
    this.emit('mail');
    return mail.to;
  }

  async run() {
    for (;;) {
      const mail = this.#mails.shift();
      if (mail) await this.#relay.send(mail);
      else await once(this, 'mail');
    }
  }
}
