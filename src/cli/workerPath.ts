import path from 'node:path';

/** The bundled analysis worker, which lies beside the bundled command line. */
export const workerPath = path.join(__dirname, 'analysisWorker.js');

/** The bundled second thread of the loader, beside it. */
export const loaderPath = path.join(__dirname, 'loaderWorker.js');

/** The bundled guard of tools that run for long, beside it. */
export const guardPath = path.join(__dirname, 'tunnelGuard.js');
