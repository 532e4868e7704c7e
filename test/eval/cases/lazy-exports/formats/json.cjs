const replacer = new Map(Array.from({ length: 300 }, (_, n) => [`key${n}`, { index: n }]));

exports.write = (row) => JSON.stringify({ ...row, keys: replacer.size });
