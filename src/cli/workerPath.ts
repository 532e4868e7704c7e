import path from 'node:path';

/** The bundled analysis worker, which lies beside the bundled command line. */
export const workerPath = path.join(__dirname, 'analysisWorker.js');
