const domain = require('node:domain');
const { EventEmitter } = require('node:events');

const imports = domain.create();
const problems = [];
imports.on('error', (error) => {
  problems.push(error.message);
  problems.splice(0, problems.length - 20);
});

class Import extends EventEmitter {
  constructor(name) {
    super();
    this.name = name;
    this.rows = [];
  }

  read(lines) {
    for (const line of lines) {
      if (line === '') this.emit('error', new Error(`${this.name}: empty line`));
      else this.rows.push(line.split(';'));
    }
    return this.rows.length;
  }
}

/** POST /import */
exports.work = function work(i) {
  const file = new Import(`import-${i}.csv`);
  imports.add(file);
  return file.read([`${i};name`, 'more;rows']);
};
