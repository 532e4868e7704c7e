'use strict';
const { createLogger, format, transports } = require('winston');

/** A logger that marks its lines with the job, and reports what the job fails of. */
exports.loggerFor = (job) =>
  createLogger({
    level: 'warn',
    format: format.combine(format.timestamp(), format.json()),
    defaultMeta: { job },
    transports: [new transports.Console({ handleExceptions: true })],
  });
