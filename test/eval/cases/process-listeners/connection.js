'use strict';

process.setMaxListeners(0);

class Connection {
  constructor(address) {
    this.address = address;
    this.statements = [];
    process.on('beforeExit', () => this.close('end of process'));
  }

  query(text) {
    this.statements.push(text);
    return this.statements.length;
  }

  close(reason) {
    this.closedBecause = reason;
    this.statements.length = 0;
  }
}

module.exports = { Connection };
