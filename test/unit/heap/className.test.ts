import assert from 'node:assert/strict';
import { className } from '../../../src/heap/className';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { drawHeap } from '../../support/graphText';

describe('className', () => {
  it('names classes as DevTools does', () => {
    const expected: Record<string, string> = {
      'a :object "Session"': 'Session',
      'b :object "Object"': 'Object',
      'c :native "Node / Environment"': 'Node / Environment',
      'd :native "<div id=x>"': '<div>',
      'e :native "<br>"': '<br>',
      'f :native "Detached <a href=x>"': 'Detached <a>',
      'g :closure "onRequest"': 'Function',
      'h :regexp "/x/"': 'RegExp',
      'i :hidden "system / Map"': '(system)',
      'j :code "(shared function info)"': '(compiled code)',
      'k :array "(object elements)"': '(array)',
      'l :string "Session"': '(string)',
      'm :"concatenated string" "x"': '(concatenated string)',
      'n :synthetic "(GC roots)"': '(synthetic)',
      'o :"object shape" "Session"': '(object shape)',
    };
    const { graph, node } = drawHeap(`root\n${Object.keys(expected).join('\n')}`);
    const snapshot = analyzeGraph(graph);
    for (const [line, name] of Object.entries(expected)) {
      const ordinal = node(line.split(' ')[0]);
      assert.equal(className(graph, ordinal), name, line);
      assert.equal(snapshot.className(ordinal), name, line);
    }
  });
});
