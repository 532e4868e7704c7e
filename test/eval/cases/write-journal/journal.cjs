class Journal {
  written = 0;
  last = Promise.resolve();

  /** Writes one entry after the other. */
  write(entry) {
    const line = this.append(entry);
    this.last = Promise.all([this.last, line]);
    return this.last;
  }

  async append(entry) {
    await null;
    this.written++;
    return `${this.written}: ${entry.account} ${entry.amount} ${entry.text}`;
  }
}

exports.Journal = Journal;
