'use strict';

class ParcelTracker {
  constructor(carrier, parcel) {
    this.carrier = carrier;
    this.parcel = parcel;
    this.history = [];
  }

  start(everyMs) {
    this.timer = setInterval(() => this.poll(), everyMs);
    this.poll();
  }

  poll() {
    this.history.push(this.carrier.stateOf(this.parcel));
  }

  get delivered() {
    return this.history.includes('delivered');
  }

  stop() {
    this.history = this.history.slice(-1);
  }
}

module.exports = ParcelTracker;
