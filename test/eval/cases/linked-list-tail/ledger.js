'use strict';

class Booking {
  constructor(account, cents) {
    this.account = account;
    this.cents = cents;
    this.next = null;
  }
}

class Ledger {
  constructor() {
    this.first = new Booking('opening', 0);
    this.last = this.first;
    this.balance = 0;
  }

  book(account, cents) {
    const booking = new Booking(account, cents);
    this.last.next = booking;
    this.last = booking;
    this.balance += cents;
    return booking;
  }
}

module.exports = { Ledger };
