// node manyRetainers.cjs SCALE FILE: writes a snapshot of a heap in which SCALE objects refer to one.
const { writeHeapSnapshot } = require('node:v8');

class Tenant {}

class Session {
  constructor(tenant) {
    this.tenant = tenant;
  }
}

const tenant = new Tenant();
globalThis.sessions = Array.from({ length: Number(process.argv[2]) }, () => new Session(tenant));
writeHeapSnapshot(process.argv[3]);
