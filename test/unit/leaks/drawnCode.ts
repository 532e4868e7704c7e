/**
 * Function infos of a script of the program (`shared`, script 7) and of one of Node.js
 * (`nodeShared`, script 3), for closures in a drawing to have.
 */
export const DRAWN_CODE = `
shared :code
  script:internal -> script
script :code "/app/server.js"
  source:internal -> source
nodeShared :code
  script:internal -> nodeScript
nodeScript :code "node:internal/timers"
  source:internal -> source
source :string "'use strict';"
`;
