const countries = Array.from({ length: 60 }, (_, n) => `C${n}`);

/** One function per country, as the rules differ in all of them. */
const rules = new Map(
  countries.map((country, n) => {
    const body = `const rate = net > ${n * 10} ? ${0.05 + n / 400} : ${0.02 + n / 500};
      const parts = { net, rate, country: '${country}', f${n}: net * rate };
      return Math.round((parts.net + parts.f${n}) * 100) / 100;`;
    return [country, new Function('net', body)];
  }),
);

/** GET /tax/:country */
exports.work = function work(i) {
  let total = 0;
  const reached = Math.min(countries.length, 1 + Math.floor(i / 20));
  for (let n = 0; n < reached; n++) total += rules.get(countries[n])(i % 500);
  return total;
};
