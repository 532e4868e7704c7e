import { handle } from './tickets.js';

export const work = (i) => handle(i, 'The kettle ' + i + ' does not heat');
