const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mail-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

function compile(name, text, revision) {
  const file = path.join(folder, `${name}-${revision}.js`);
  const body = text.replace(/\{(\w+)\}/g, (_, field) => '${data.' + field + '}');
  fs.writeFileSync(file, `module.exports = (data) => \`${body}\`;\n`);
  return require(file);
}

/** POST /mails */
exports.work = function work(i) {
  const render = compile(`welcome${i % 5}`, 'Dear {name}, your order {order} is on its way.', i);
  return render({ name: `customer ${i}`, order: i }).length;
};
