import { NotificationCentre } from './notificationCentre.js';

const outbox = { bytes: 0 };
const send = (user, text) => {
  outbox.bytes += user.length + text.length;
};

export function work(i) {
  const centre = NotificationCentre.instance;
  centre.notify('user' + (i % 5), 'Your order ' + i + ' has shipped');
  centre.notify('staff', 'Order ' + i + ' left the house');
  if (i % 4 === 3) centre.flush(send);
}
