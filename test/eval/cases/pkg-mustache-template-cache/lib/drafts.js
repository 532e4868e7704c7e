'use strict';

const body = 'thank you for your order. {{amount}} will be charged. {{#paid}}It is paid.{{/paid}}';

/** Letters are written by the clerks, who put a reference number into each. */
exports.draftFor = (customer) => `Ref. ${customer}\n\nDear {{name}},\n\n${body}\n`;
