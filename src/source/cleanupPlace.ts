import type { Class, ClassMethod, Node, Statement } from '@babel/types';
import type { EditedSource, TextEdit } from './editedSource';
import { ancestorsOf, isClass, isFunction } from './syntaxTree';

/** Where code that was already written ends what a statement begins. */
export interface CleanupPlace {
  /** As people call it: `close()`, `the finally block`. */
  readonly label: string;
  /** The class whose instances are ended there; undefined if the place is in the same function. */
  readonly owner: Class | undefined;
  /** Puts code there, without a semicolon. */
  add(code: string): TextEdit;
}

/** Methods that, by convention and in Node.js itself, end an object for good. */
const ENDING_METHODS = new Set([
  ...['close', 'dispose', 'destroy', 'stop', 'end', 'shutdown', 'disconnect', 'terminate'],
]);

/**
 * The one place that ends what `statement` begins: the `finally` that follows it in the same block,
 * or, for a constructor, the one method of the class that ends its instances.
 */
export function cleanupPlaceOf(file: EditedSource, statement: Statement): CleanupPlace | undefined {
  return followingFinally(file, statement) ?? endingMethod(file, statement);
}

function followingFinally(file: EditedSource, statement: Statement): CleanupPlace | undefined {
  const block = file.tree.parentOf.get(statement);
  if (block?.type !== 'BlockStatement') return undefined;
  const later = block.body.slice(block.body.indexOf(statement) + 1);
  const guarded = later.find((other) => other.type === 'TryStatement');
  const finalizer = guarded?.type === 'TryStatement' ? guarded.finalizer : undefined;
  return finalizer
    ? {
        label: 'the finally block',
        owner: undefined,
        add: (code) => file.firstIn(finalizer, code, statement),
      }
    : undefined;
}

function endingMethod(file: EditedSource, statement: Statement): CleanupPlace | undefined {
  const [constructor] = [...ancestorsOf(file.tree, statement)].filter(isFunction);
  if (constructor?.type !== 'ClassMethod' || constructor.kind !== 'constructor') return undefined;
  const owner = [...ancestorsOf(file.tree, constructor)].find(isClass);
  const endings = owner?.body.body.filter(isEndingMethod) ?? [];
  if (!owner || endings.length !== 1) return undefined;
  const [ending] = endings;
  return {
    label: `${file.textOf(ending.key)}()`,
    owner,
    add: (code) => file.firstIn(ending.body, code, statement),
  };
}

function isEndingMethod(member: Node): member is ClassMethod {
  if (member.type !== 'ClassMethod' || member.static || member.kind !== 'method') return false;
  return (
    !member.computed && member.key.type === 'Identifier' && ENDING_METHODS.has(member.key.name)
  );
}

/**
 * Declares a field for something that the constructor is to keep.
 * @param type What TypeScript writes after its name.
 * @returns its name as the code of the class refers to it, and the edit.
 */
export function newField(
  file: EditedSource,
  owner: Class,
  wish: string,
  type: string,
): { name: string; edit: TextEdit } {
  const name = file.freshName(wish);
  const [first] = owner.body.body;
  const declaration = file.isTypeScript ? `private ${name}${type}` : `#${name}`;
  return {
    name: file.isTypeScript ? `this.${name}` : `this.#${name}`,
    edit: first ? file.lineBefore(first, declaration) : file.firstIn(owner.body, declaration),
  };
}
