import type { Node } from '@babel/types';
import { memberName } from './containerUse';

/** True if `node` gives an object or class the member `name`. */
export function declaresMember(node: Node, name: string): boolean {
  switch (node.type) {
    case 'ClassPrivateProperty':
      return `#${node.key.id.name}` === name;
    case 'ClassProperty':
    case 'ObjectProperty':
    case 'ClassAccessorProperty': {
      const { key } = node;
      return (key.type === 'StringLiteral' || !node.computed) && isNamed(key, name);
    }
    case 'TSParameterProperty':
      return parameterName(node.parameter) === name;
    case 'AssignmentExpression':
      return memberName(node.left) === name;
    default:
      return false;
  }
}

function parameterName(parameter: Node): string | undefined {
  const id = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return id.type === 'Identifier' ? id.name : undefined;
}

/** True for a key that is written as an identifier or a string. */
export function isNamed(key: Node, name: string): boolean {
  return key.type === 'Identifier' ? key.name === name : isText(key, name);
}

export function isText(node: Node, text: string): boolean {
  return node.type === 'StringLiteral' && node.value === text;
}
