'use strict';
const cron = require('node-cron');

class Reminder {
  constructor(meeting, attendees) {
    this.attendees = attendees;
    this.sent = [];
    this.task = cron.schedule('0 9 * * *', () => this.send(meeting));
  }

  send(meeting) {
    for (const attendee of this.attendees) this.sent.push(`${attendee}: ${meeting} is today`);
  }

  cancel() {
    this.task.stop();
  }
}

exports.handle = async function handle(request) {
  const meeting = request.url.split('/').pop();
  const attendees = Array.from({ length: 10 }, (_, at) => `guest${at}@example.org`);
  const reminder = new Reminder(meeting, attendees);
  // Moved before it could take place: nobody is to be reminded of it.
  reminder.cancel();
  return { meeting, attendees: attendees.length };
};
