// `npm test [-- SUITE…]`: builds, runs each suite in a process of its own, and closes with one line
// `N passed, N failed` over all of them.
import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { outputFolder } from './support/projectRoot';
import { runProcess } from './support/testRun/runProcess';
import {
  describeSuite,
  failure,
  judgeSuite,
  type SuiteResult,
} from './support/testRun/suiteResult';
import { readCounts, resultsVariable, testRetries } from './support/testRun/testCounts';
import { chromiumVariable, provideChromium } from './support/vscode/chromium';
import { hostedWindows } from './support/vscode/hostedWindows';

interface Suite {
  /** Arguments for Node.js. */
  args: string[];
  limitSeconds: number;
  needsChromium?: boolean;
}

const suites: Record<string, Suite> = {
  unit: { args: mocha('unit'), limitSeconds: 300 },
  integration: { args: mocha('integration'), limitSeconds: 1800, needsChromium: true },
  eval: { args: ['--import', 'tsx', 'test/eval/suite.ts'], limitSeconds: 1800 },
  webview: { args: mocha('webview'), limitSeconds: 300, needsChromium: true },
  ...hostedSuites(),
};

/** One for each window. */
function hostedSuites(): Record<string, Suite> {
  const args = ['--import', 'tsx', 'test/support/vscode/hostedTests.ts'];
  return Object.fromEntries(
    Object.keys(hostedWindows).map((name) => [
      name,
      { args: [...args, name], limitSeconds: 1200 } satisfies Suite,
    ]),
  );
}

function mocha(folder: string): string[] {
  const reporter = 'test/support/testRun/countingReporter.ts';
  const tests = `test/${folder}/**/*.test.ts`;
  const retries = String(testRetries);
  return ['node_modules/mocha/bin/mocha.js', '--reporter', reporter, '--retries', retries, tests];
}

function resultsFile(name: string): string {
  return path.join(outputFolder, 'testResults', `${name}.json`);
}

async function runSuite(name: string, suite: Suite): Promise<SuiteResult> {
  const results = resultsFile(name);
  rmSync(results, { force: true });
  const env: NodeJS.ProcessEnv = { [resultsVariable]: results };
  if (suite.needsChromium) env[chromiumVariable] = await provideChromium();
  const end = await runProcess(suite.args, env, suite.limitSeconds);
  return judgeSuite(readCounts(results), end);
}

async function runAll(names: string[]): Promise<SuiteResult> {
  const build = await runProcess(['esbuild.mjs'], {}, 120);
  if (build.code !== 0) return failure('the build failed');

  rmSync(path.join(outputFolder, 'screenshots'), { recursive: true, force: true });
  const lines: string[] = [];
  const total = { passed: 0, failed: 0 };
  for (const name of names) {
    console.log(`\n── ${name} ──`);
    const suite = suites[name];
    const result = suite
      ? await runSuite(name, suite).catch((error: unknown) => failure(String(error)))
      : failure(`there is no such suite; choose from ${Object.keys(suites).join(', ')}`);
    lines.push(describeSuite(name, result, suite && readCounts(resultsFile(name))));
    total.passed += result.passed;
    total.failed += result.failed;
  }
  console.log(`\n${lines.join('\n')}`);
  return total;
}

async function main(): Promise<void> {
  const chosen = process.argv.slice(2);
  const total = await runAll(chosen.length > 0 ? chosen : Object.keys(suites));
  if (total.problem) console.log(total.problem);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

void main();
