import type { HeapGraph } from '../heap/heapGraph';
import type { ChainLink } from './retainingChain';
import { scopeVariable } from './scopeVariable';

const MAX_KEY = 60;

/** The link from holder to object in a developer's words: `.cart`, `[3]`, `variable sessions`. */
export function edgeWords(graph: HeapGraph, link: ChainLink): string {
  if (link.edge < 0) return '';
  const variable = scopeVariable(graph, link.holder, link.edge);
  if (variable !== undefined) return `variable ${variable}`;
  const name = graph.edgeName(link.edge);
  switch (graph.edgeType(link.edge)) {
    case 'property':
      return /^[\w$#]+$/.test(name) ? `.${name}` : `[${quote(name)}]`;
    case 'element':
    case 'hidden':
      return `[${name}]`;
    case 'shortcut':
      return '(root)'; // V8 only numbers these
    default:
      return internalWords(graph, link, name);
  }
}

function internalWords(graph: HeapGraph, link: ChainLink, name: string): string {
  if (name === 'table') return entryWords(graph, link);
  if (name === 'elements') return `[${graph.edgeName(link.lastEdge)}]`;
  if (name === 'context') return 'scope';
  if (name === 'previous') return 'outer scope';
  if (isEphemeronEdge(name)) return 'WeakMap value';
  return `(${name})`;
}

/** V8 lets the key of a WeakMap, and its table, hold the value: by edges of this name. */
export function isEphemeronEdge(name: string): boolean {
  return /^\d+ \/ part of key /.test(name);
}

/** V8's hash tables store key, value and chain one after another, so the key stands before. */
function entryWords(graph: HeapGraph, link: ChainLink): string {
  if (graph.nodeName(link.holder) !== 'Map') return 'entry';
  const table = graph.edgeTargetOf[link.edge];
  const keySlot = String(Number(graph.edgeName(link.lastEdge)) - 1);
  for (let edge = graph.firstEdgeOf[table]; edge < graph.firstEdgeOf[table + 1]; edge++) {
    const key = graph.edgeTargetOf[edge];
    if (graph.edgeName(edge) !== keySlot || graph.nodeType(key) !== 'string') continue;
    return `entry ${quote(graph.nodeName(key))}`;
  }
  return 'entry';
}

function quote(text: string): string {
  return JSON.stringify(text.length > MAX_KEY ? `${text.slice(0, MAX_KEY)}…` : text);
}
