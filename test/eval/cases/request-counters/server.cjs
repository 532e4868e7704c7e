class Histogram {
  counts = new Float64Array(12);
  sum = 0;

  observe(value) {
    this.counts[Math.min(11, Math.floor(Math.log2(1 + value)))]++;
    this.sum += value;
  }
}

const histograms = new Map();

function histogram(labels) {
  const key = Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',');
  let found = histograms.get(key);
  if (!found) {
    found = { labels, histogram: new Histogram() };
    histograms.set(key, found);
  }
  return found.histogram;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

exports.work = function work(i) {
  const labels = {
    method: METHODS[i % 5],
    route: `/r${(i * 7) % 60}`,
    status: 200 + (i % 4) * 100,
  };
  histogram(labels).observe((i * 13) % 900);
  return histograms.size;
};
