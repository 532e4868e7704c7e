/* eslint-disable @typescript-eslint/no-require-imports -- an import would load them with the extension */
import type * as inspectorSession from '../inspector/inspectorSession';
import type * as createInvestigation from '../investigation/createInvestigation';

/**
 * What takes time to load, a parser and a client of the protocol among it, loaded when the first run or
 * connection needs it. Nothing else in this layer may import these but for their types.
 */
export const lazyModules = {
  inspectorSession: () => require('../inspector/inspectorSession') as typeof inspectorSession,
  createInvestigation: () =>
    require('../investigation/createInvestigation') as typeof createInvestigation,
};
