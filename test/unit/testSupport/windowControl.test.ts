import assert from 'node:assert/strict';
import { windowControlVariable } from '../../support/vscode/windowActions';
import { openWindowControl, type WindowControl } from '../../support/vscode/windowControl';
import { windowDriver } from '../../support/vscode/windowDriver';

describe('window control', () => {
  // Port 1 is reserved and refuses connections: there is no window to drive.
  const noWindow = 1;
  let control: WindowControl;

  beforeEach(async () => {
    control = await openWindowControl(noWindow);
    process.env[windowControlVariable] = control.address;
  });

  afterEach(async () => {
    delete process.env[windowControlVariable];
    await control.close();
  });

  it('answers nobody who does not know its path', async () => {
    const guess = new URL('/', control.address);
    const response = await fetch(guess, { method: 'POST', body: '{"action":"press"}' });
    assert.equal(response.status, 404);
  });

  it('tells the test what failed, and in which action', async () => {
    await assert.rejects(windowDriver.press('Enter'), /press "Enter": .*ECONNREFUSED/s);
  });

  it('says how to run a test that has no window to drive', async () => {
    delete process.env[windowControlVariable];
    await assert.rejects(windowDriver.press('Enter'), /npm test -- vscode/);
  });
});
