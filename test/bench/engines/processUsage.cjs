// Preloaded into every engine's process (`node --require`): leaves behind what the process used.
const { readFileSync, writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

/** Bytes. Linux counts maxRSS on from the parent's, so there the kernel's own mark is read. */
function peakRssBytes() {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'latin1'));
    return Number(kilobytes) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}

if (isMainThread) {
  const file = process.env.LEAKLINE_BENCH_USAGE;
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    const usage = { cpuSeconds: (user + system) / 1e6, peakRssBytes: peakRssBytes() };
    writeFileSync(file, JSON.stringify(usage));
  });
}
