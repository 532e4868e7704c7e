/* eslint-disable @typescript-eslint/no-require-imports -- an import would load them with the extension */

/**
 * What takes time to load, a parser and a client of the protocol among it, loaded when the first run or
 * connection needs it. Nothing else in this layer may import these but for their types.
 */
export const lazyModules = {
  inspectorSession: () =>
    require('../inspector/inspectorSession') as typeof import('../inspector/inspectorSession'),
  createInvestigation: () =>
    require('../investigation/createInvestigation') as typeof import('../investigation/createInvestigation'),
};
