export class NotificationCentre {
  static #instance;

  static get instance() {
    return (NotificationCentre.#instance ??= new NotificationCentre());
  }

  constructor() {
    this.byUser = new Map();
    this.delivered = [];
  }

  notify(user, text) {
    const queue = this.byUser.get(user) ?? [];
    this.byUser.set(user, queue);
    queue.push({ user, text });
  }

  flush(send) {
    for (const queue of this.byUser.values()) {
      for (const notification of queue.splice(0)) {
        send(notification.user, notification.text);
        this.delivered.push(notification);
      }
    }
  }
}
