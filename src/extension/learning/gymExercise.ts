import { readdirSync, readFileSync, existsSync } from 'node:fs';
import path from 'node:path';

/** An exercise of the leak gym: a small program that leaks in one way. */
export interface GymExercise {
  /** Of its folder. */
  readonly name: string;
  readonly title: string;
  /** What the program does and what is wrong. */
  readonly task: string;
  readonly hint: string;
}

/** The file of an exercise that leaks, and its twin that does not. */
export const EXERCISE_FILE = 'app.js';
export const SOLUTION_FILE = 'solution.js';

/** Title, first paragraph, and what is hidden as a hint. */
const README =
  /^# (.+)\n+([\s\S]+?)\n\n[\s\S]*?<details>\s*<summary>.*<\/summary>\s*([\s\S]+?)\s*<\/details>/;

/**
 * The exercises in a folder of them, by name.
 * @param folder Absolute.
 * @throws if the README of one does not have title, task and hint
 */
export function readExercises(folder: string): GymExercise[] {
  return readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, EXERCISE_FILE)))
    .sort()
    .map((name) => readExercise(name, readFileSync(path.join(folder, name, 'README.md'), 'utf8')));
}

function readExercise(name: string, readme: string): GymExercise {
  const [, title, task, hint] = README.exec(readme) ?? [];
  if (!title || !task || !hint) throw new Error(`The exercise ${name} is not described.`);
  return { name, title, task: oneLine(task), hint: oneLine(hint) };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
