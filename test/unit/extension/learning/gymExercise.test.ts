import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  EXERCISE_FILE,
  readExercises,
  SOLUTION_FILE,
} from '../../../../src/extension/learning/gymExercise';
import { projectRoot } from '../../../support/projectRoot';
import { inTemporaryFolder } from '../../../support/temporaryFolder';

const gym = path.join(projectRoot, 'gym');
const text = (...names: string[]) => readFileSync(path.join(gym, ...names), 'utf8');

describe('readExercises', () => {
  it('reads title, task and hint of each', () => {
    const exercises = readExercises(gym);
    assert.ok(exercises.length >= 10, `${exercises.length} exercises`);
    const map = exercises.find(({ name }) => name === 'map');
    assert.equal(map?.title, 'Logins that never end');
    assert.match(map.task, /^A login service .* everybody leaves\.$/);
    assert.match(map.hint, /^Not everybody leaves by the same door\. .*the Map\.$/);
  });

  it('refuses one that is not described', () =>
    inTemporaryFolder((folder) => {
      mkdirSync(path.join(folder, 'riddle'));
      writeFileSync(path.join(folder, 'riddle', EXERCISE_FILE), '');
      writeFileSync(path.join(folder, 'riddle', 'README.md'), '# Riddle\n\nFind it.\n');
      assert.throws(() => readExercises(folder), /riddle is not described/);
      return Promise.resolve();
    }));
});

describe('The leak gym', () => {
  const names = readExercises(gym).map(({ name }) => name);

  it('has programs of 20 to 50 lines, and twins that differ from them', () => {
    for (const name of names) {
      const lines = text(name, EXERCISE_FILE).trimEnd().split('\n').length;
      assert.ok(lines >= 20 && lines <= 50, `${name}: ${lines} lines`);
      assert.notEqual(text(name, EXERCISE_FILE), text(name, SOLUTION_FILE), name);
    }
  });

  it('lists every exercise in its README', () => {
    const listed = [...text('README.md').matchAll(/^\| \[(\w+)\]\(\1\)/gm)].map(([, name]) => name);
    assert.deepEqual(listed, names);
  });
});
