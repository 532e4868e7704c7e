import assert from 'node:assert/strict';
import { position0 } from '../../../src/base/position';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { analyzeLeaks } from '../../../src/leaks/analyzeLeaks';
import type { LeakAnalysis } from '../../../src/leaks/leakAnalysis';
import { digestSnapshot } from '../../../src/leaks/snapshotDigest';
import { drawRounds, repeat } from '../../support/roundsText';
import { DRAWN_CODE } from './drawnCode';

/** What a server's request handler sees as variables: lines of edges, and the nodes they lead to. */
interface Variables {
  readonly edges: string;
  readonly nodes: string;
  /** Edges from an object that nothing in the program names. */
  readonly unnamed?: string;
  readonly globals?: string;
}

function analyze(rounds: number, ...variables: Variables[]): LeakAnalysis {
  const drawn = drawRounds(
    `
root
  global:shortcut -> global
  1:internal -> internals
internals "Internals"
${variables.map(({ unnamed = '' }) => unnamed).join('')}
evaluated :closure (9:0:0)
  shared:internal -> evaluatedShared
evaluatedShared :code
  script:internal -> unnamedScript
unnamedScript :code ""
  source:internal -> source
global "global" 500
  handler -> handler
${variables.map(({ globals = '' }) => globals).join('')}
handler :closure 60 (7:10:2)
  shared:internal -> shared
  context:internal -> scope
scope "system / Context" 40
${variables.map(({ edges }) => edges).join('')}
${variables.map(({ nodes }) => nodes).join('')}
${DRAWN_CODE}`,
    rounds,
  );
  const snapshots = drawn.map(({ graph }) => analyzeGraph(graph));
  const digests = snapshots.map(digestSnapshot);
  return analyzeLeaks(digests.slice(0, -1), snapshots[rounds], digests[rounds]);
}

const each = (counts: readonly number[], part: (round: number, i: number) => string): string =>
  counts.map((count, k) => repeat(count, (i) => part(k + 1, i))).join('');

/** A variable with an array into which so many objects were put in each round. */
function arrayOf(name: string, counts: readonly number[], what = '"Item" 100'): Variables {
  return {
    edges: `  ${name}:context -> ${name}\n`,
    nodes: `${name} "Array" 16
${each(counts, (round, i) => `  [${round * 1000 + i}] -> ${name}${i}+${round}\n`)}
${each(counts, (round, i) => `${name}${i}+${round} ${what}\n`)}`,
  };
}

/** A Map of sessions by user; the table is replaced by a larger one in round 2. */
const sessions: Variables = {
  edges: '  sessions:context -> sessions\n',
  nodes: `sessions "Map" 32
  table:internal -> table-2
  table:internal -> table+2
table-2 :array 1000
  ${entries([10])}
table+2 :array 3000
  ${entries([10, 10, 10])}
${each([10, 10, 10], (round, i) => `key${i}+${round} :string "user ${round}${i}" 20\n`)}
${each([10, 10, 10], (round, i) => `session${i}+${round} "Session" (7:3:6) 80\n`)}
`,
};

function entries(counts: readonly number[]): string {
  return each(counts, (round, i) => {
    const slot = 3 * (100 * round + i);
    return `\n  ${slot}:internal -> key${i}+${round}\n  ${slot + 1}:internal -> session${i}+${round}`;
  }).trimStart();
}

/** Ports that only Node.js refers to; it describes their native sides anew in every snapshot. */
const portsThatStayOpen: Variables = {
  edges: '',
  unnamed: each([30, 30, 30], (round, i) => `  ${round}${i}:element -> port${i}+${round}\n`),
  nodes: `${each([30, 30, 30], (round, i) => `port${i}+${round} "MessagePort" 5000\n${repeat(4 - round, (k) => `  1:internal -> data${i}_${round}${lives(round + k)}\n`)}`)}
${each([30, 30, 30], (round, i) => repeat(4 - round, (k) => `data${i}_${round}${lives(round + k)} :native "Node / MessagePortData" 152\n`))}`,
};

/** At one snapshot alone. */
function lives(snapshot: number): string {
  return snapshot < 3 ? `+${snapshot}-${snapshot + 1}` : '+3';
}

const fillingCache = arrayOf('cache', [20, 8, 2], '"Entry" 1000');
const warmUp = arrayOf('templates', [30, 0, 0], '"Template" 5000');
const lastRound = arrayOf('inFlight', [0, 0, 12], '"Request" 5000');

describe('analyzeLeaks', () => {
  it('finds the leak, and takes neither a cache that fills nor a warm-up for one', () => {
    const { verdict, rounds, heapBytes, suspects, scripts } = analyze(
      3,
      ...[sessions, fillingCache, warmUp, lastRound],
    );
    assert.equal(verdict, 'leak');
    assert.equal(rounds, 3);
    // What is there from the start: 500 + 60 + 40, three arrays, the Map and its first table. Each
    // round adds 10 sessions with keys; the rounds differ in the other objects and in the table.
    const start = 600 + 3 * 16 + 32 + 1000;
    const added = [20_000 + 150_000, 8_000 + 2_000, 2_000 + 60_000];
    assert.deepEqual(heapBytes, [
      start,
      start + 1000 + added[0],
      start + 2000 + added[0] + added[1],
      start + 3000 + added[0] + added[1] + added[2],
    ]);
    assert.deepEqual(
      scripts.map(({ url }) => url),
      ['/app/server.js'],
    );
    assert.equal(suspects.length, 1);
    const { path, ...suspect } = suspects[0];
    assert.deepEqual(suspect, {
      confidence: 0.95,
      title: 'Map `sessions` keeps 10 more Session each round',
      shape: 'map',
      className: 'Session',
      countPerRound: 10,
      containers: 1,
      retainedBytesPerRound: 10 * (80 + 20),
      growth: { counts: [0, 10, 20, 30], bytes: [0, 1000, 2000, 3000] },
      leakedKeys: [],
      anchors: [
        {
          kind: 'variable',
          name: 'sessions',
          within: { scriptId: 7, position: position0(10, 2) },
        },
        { kind: 'allocation', at: { scriptId: 7, position: position0(3, 6) } },
      ],
      evidence: [
        'Session objects born in each round and still alive at the end: 10, 10, 10.',
        'They keep 1.0 kB a round alive.',
      ],
    });
    assert.deepEqual(
      path.map(({ edge, className }) => `${edge} ${className}`),
      [
        ' (GC root)',
        '(root) global',
        '.handler Function',
        'scope system / Context',
        'variable sessions Map',
        'entry "user 10" Session',
      ],
    );
    assert.deepEqual(
      path.map(({ code }) => code?.position.line),
      [undefined, undefined, 10, undefined, undefined, 3],
    );
  });

  it('is clean if nothing grows, or nothing but caches', () => {
    assert.equal(analyze(3).verdict, 'clean');
    const { verdict, suspects } = analyze(3, fillingCache, warmUp, lastRound);
    assert.equal(verdict, 'clean');
    assert.deepEqual(suspects, []);
  });

  it('is inconclusive after a single round, and reserved after two', () => {
    const once = analyze(1, arrayOf('items', [10]));
    assert.equal(once.verdict, 'inconclusive');
    assert.deepEqual(
      once.suspects.map(({ confidence }) => confidence),
      [0.4],
    );
    const twice = analyze(2, arrayOf('items', [10, 10]));
    assert.equal(twice.verdict, 'leak');
    assert.equal(twice.suspects[0].confidence, 0.75);
  });

  it('finds what grows in a container that was made after the baseline', () => {
    const { verdict, suspects } = analyze(4, {
      edges: '  today:context -> today+1\n',
      nodes: `today+1 "Array" 16
${each([10, 10, 10, 10], (round, i) => `  [${round * 100 + i}] -> visit${i}+${round}\n`)}
${each([10, 10, 10, 10], (round, i) => `visit${i}+${round} "Visit" 100\n`)}`,
    });
    assert.equal(verdict, 'leak');
    assert.deepEqual(
      suspects.map(({ title, countPerRound }) => [title, countPerRound]),
      [['Array `today` keeps 10 more Visit each round', 10]],
    );
  });

  it('takes a full cache for no leak: as many go as come', () => {
    // Holds the last 400, and 200 come in each round: 200, 200 and none of its net growth.
    const first = 200;
    const goneAt = (i: number) => Math.ceil((i + 401 - first) / 200);
    const cached = (isBounded: boolean) => {
      const entry = (i: number) => {
        const born = Math.ceil((i + 1 - first) / 200);
        return `e${i}${born > 0 ? `+${born}` : ''}${isBounded && goneAt(i) <= 3 ? `-${goneAt(i)}` : ''}`;
      };
      return analyze(3, {
        edges: '  cache:context -> cache\n',
        nodes: `cache "Array" 16
${repeat(800, (i) => `  [${i}] -> ${entry(i)}\n`)}
${repeat(800, (i) => `${entry(i)} "Entry" 100\n`)}`,
      });
    };
    assert.equal(cached(false).verdict, 'leak');
    assert.deepEqual([cached(true).verdict, cached(true).inDoubt], ['clean', false]);
  });

  it('finds what a container holds that is replaced by a copy each round', () => {
    const copies = ['all+1-2', 'all+2-3', 'all+3'];
    const held = (rounds: number) =>
      each([9, 9, 9].slice(0, rounds), (born, i) => `  [${born * 10 + i}] -> order${i}+${born}\n`);
    const { verdict, suspects } = analyze(3, {
      edges: copies.map((copy) => `  all:context -> ${copy}\n`).join(''),
      nodes: `${copies.map((copy, at) => `${copy} "Array" 16\n${held(at + 1)}`).join('')}
${each([9, 9, 9], (round, i) => `order${i}+${round} "Order" 100\n`)}`,
    });
    assert.equal(verdict, 'leak');
    assert.deepEqual(
      suspects.map(({ title }) => title),
      ['Array `all` keeps 9 more Order each round'],
    );
  });

  it('knows objects by their oldest part if what holds that is replaced', () => {
    const { suspects } = analyze(3, {
      edges: '  alarms:context -> alarms\n',
      nodes: `alarms "Array" 16
${each([9, 9, 9], (round, i) => `  [${round * 10 + i}] -> alarm${i}_${round}+3\n`)}
${each([9, 9, 9], (round, i) => `alarm${i}_${round}+3 "Alarm" 50\n  parcel -> parcel${i}+${round}\n`)}
${each([9, 9, 9], (round, i) => `parcel${i}+${round} "Parcel" 100\n`)}`,
    });
    assert.deepEqual(
      suspects.map(({ title }) => title),
      ['Array `alarms` keeps 9 more Alarm each round'],
    );
  });

  it('follows a chain of promises through V8’s own fields', () => {
    const link = (k: number) => `${k}+${1 + Math.floor(k / 9)}`;
    const { suspects } = analyze(3, {
      edges: '  first:context -> first\n',
      nodes: `first "Promise" 50
  reactions_or_result:internal -> reaction${link(0)}
${repeat(27, (k) => `reaction${link(k)} :hidden "system / PromiseReaction" 20\n  {2} -> promise${link(k)}\n`)}
${repeat(27, (k) => `promise${link(k)} "Promise" 50\n${k < 26 ? `  reactions_or_result:internal -> reaction${link(k + 1)}\n` : ''}`)}`,
    });
    assert.deepEqual(
      suspects.map(({ className, countPerRound }) => [className, countPerRound]),
      [['Promise', 9]],
    );
  });

  it('finds a chain of functions through the variables of blocks', () => {
    const link = (k: number) => `${k}+${1 + Math.floor(k / 9)}`;
    const { suspects } = analyze(3, {
      edges: '  render:context -> render0\n',
      nodes: `render0 :closure "render" 50 (7:10:2)
  context:internal -> block${link(0)}
info :code "system / ScopeInfo"
  {0} -> previous
previous :string "previous"
${repeat(27, (k) => `block${link(k)} "system / Context" 40\n  scope_info:internal -> info\n  {0} -> render${link(k)}\n`)}
${repeat(27, (k) => `render${link(k)} :closure "render" 50 (7:10:2)\n${k < 26 ? `  context:internal -> block${link(k + 1)}\n` : ''}`)}`,
    });
    assert.deepEqual(
      suspects.map(({ className, countPerRound }) => [className, Math.round(countPerRound)]),
      [['Function', 9]],
    );
    assert.equal(suspects[0].path.at(-1)?.edge, 'variable previous');
  });

  it('takes arrays nested deep in each other for a list', () => {
    const link = (k: number) => `${k}+${1 + Math.floor(k / 9)}`;
    const { suspects } = analyze(3, {
      edges: '  all:context -> first\n',
      nodes: `first "Array" 50
  [0] -> pair${link(0)}
${repeat(36, (k) => `pair${link(k)} "Array" 50\n${k < 35 ? `  [0] -> pair${link(k + 1)}\n` : ''}`)}`,
    });
    assert.equal(suspects[0].className, 'Array');
    assert.equal(suspects[0].countPerRound, 9);
  });

  it('counts by their number what Node.js gives new ids in every snapshot', () => {
    const alive = (round: number) =>
      `${round ? `+${round}` : ''}${round < 3 ? `-${round + 1}` : ''}`;
    const { suspects } = analyze(3, {
      edges: '  inbox:context -> port\n',
      nodes: `port "MessagePort" 50
  1:internal -> data
data :native "Node / MessagePort" 16
  native_to_javascript:internal -> port
${[0, 1, 2, 3].map((round) => repeat(30 + 30 * round, (i) => `  [${i}] -> message${i}_${round}${alive(round)}\n`)).join('')}
${[0, 1, 2, 3].map((round) => repeat(30 + 30 * round, (i) => `message${i}_${round}${alive(round)} :native "Node / Message" 136\n`)).join('')}`,
    });
    const [suspect] = suspects;
    assert.equal(suspect.title, 'MessagePort `inbox` keeps 30 more Node / Message each round');
    assert.equal(suspect.retainedBytesPerRound, 30 * 136);
    assert.deepEqual(suspect.anchors.at(-1), {
      kind: 'construction',
      classNames: ['MessagePort', 'MessageChannel'],
    });
    assert.deepEqual(suspect.evidence, [
      'Node / Message objects at each snapshot: 30, 60, 90, 120.',
    ]);
  });

  it('folds what goes on growing in objects that should be gone into the finding of these', () => {
    const { suspects } = analyze(3, {
      edges: '  views:context -> views\n',
      nodes: `views "Array" 16
  [0] -> old
${each([9, 9, 9], (round, i) => `  [${round * 10 + i}] -> view${i}+${round}\n`)}
old "View" 500
  clicks -> clicks
clicks "Array" 16
${each([9, 9, 9], (round, i) => `  [${round * 10 + i}] -> click${i}+${round}\n`)}
${each([9, 9, 9], (round, i) => `view${i}+${round} "View" 500\nclick${i}+${round} "Click" 100\n`)}`,
    });
    assert.deepEqual(
      suspects.map(({ title }) => title),
      ['Array `views` keeps 9 more View each round'],
    );
    assert.ok(suspects[0].evidence.includes('What is kept goes on growing itself.'));
  });

  it('says of lists in entries that are found as one not that each grows', () => {
    const { suspects } = analyze(4, {
      edges: '  days:context -> days\n',
      nodes: `days "Array" 16
${each([6, 6, 6, 6], (round, i) => `  [${round * 10 + i}] -> day${i}+${round}\n`)}
${each([6, 6, 6, 6], (round, i) => `day${i}+${round} "Day" 100\n${repeat(4, (k) => `  [${k}] -> hour${i}_${round}_${k}+${Math.min(4, round + k)}\n`)}`)}
${each([6, 6, 6, 6], (round, i) => repeat(4, (k) => `hour${i}_${round}_${k}+${Math.min(4, round + k)} "Hour" 100\n`))}`,
    });
    assert.deepEqual(
      suspects.map(({ title }) => title),
      ['Array `days` keeps 6 more Day each round'],
    );
  });

  it('is in doubt if more rounds would tell, but not beside a leak that is sure', () => {
    const unsteady = arrayOf('unsteady', [100, 20, 40]);
    assert.deepEqual([analyze(3, unsteady).verdict, analyze(3, unsteady).inDoubt], ['clean', true]);
    assert.equal(analyze(3, unsteady, arrayOf('steady', [50, 50, 50])).inDoubt, false);
    assert.equal(analyze(3, fillingCache, warmUp, lastRound).inDoubt, false);
  });

  it('says if the objects are held twice, and how', () => {
    const twice = (second: string, nodes: string) =>
      analyze(3, {
        edges: `  byId:context -> byId\n${second}`,
        nodes: `byId "Array" 16
${each([5, 5, 5], (round, i) => `  [${round * 10 + i}] -> order${i}+${round}\n`)}
${nodes}
${each([5, 5, 5], (round, i) => `order${i}+${round} "Order" 100\n`)}`,
      }).suspects[0];
    const every = each([5, 5, 5], (round, i) => `  [${round * 10 + i}] -> order${i}+${round}\n`);
    const held = twice('  recent:context -> recent\n', `recent "Set" 16\n${every}`);
    assert.equal(
      held.evidence.at(-1),
      'Set `recent` holds them as well: taking them out of one of the two frees nothing.',
    );
    assert.deepEqual(
      held.otherPath?.slice(-2).map(({ edge, className }) => `${edge} ${className}`),
      ['variable recent Set', '[10] Order'],
    );
    assert.deepEqual(
      held.anchors.map((anchor) => 'name' in anchor && anchor.name),
      ['byId', 'recent'],
    );
    // One of them alone, such as the last one, is no second holder.
    const last = twice('  recent:context -> recent\n', 'recent "Set" 16\n  [0] -> order0+1\n');
    assert.equal(last.otherPath, undefined);
  });

  it('refuses snapshots whose ids do not belong together', () => {
    const ids = (name: string) => {
      const [{ graph }] = drawRounds(
        `root\n  1:shortcut -> n0\n${repeat(500, (i) => `n${i} "${name}"\n`)}`,
        0,
      );
      return analyzeGraph(graph);
    };
    const [before, after] = [ids('Session'), ids('Request')];
    assert.throws(() => analyzeLeaks([digestSnapshot(before)], after, digestSnapshot(after)), {
      code: 'incomparableSnapshots',
    });
  });
});

describe('SuspectDescriber', () => {
  const titles = (...variables: Variables[]) =>
    analyze(3, ...variables).suspects.map(({ title }) => title);

  it('puts first what leaks most, as far as it is sure', () => {
    const found = titles(
      arrayOf('small', [10, 10, 10], '"Small" 100'),
      arrayOf('large', [10, 10, 10], '"Large" 1000'),
      arrayOf('unsteady', [10, 6, 10], '"Unsteady" 2000'),
    );
    // 1000, 10000 and about 17000 bytes a round, but the last is believed less.
    assert.deepEqual(found, [
      'Array `large` keeps 10 more Large each round',
      'Array `unsteady` keeps 8 more Unsteady each round',
      'Array `small` keeps 10 more Small each round',
    ]);
  });

  it('keeps what is small beside what Node.js holds by itself', () => {
    const { suspects } = analyze(3, portsThatStayOpen, arrayOf('orders', [10, 10, 10]));
    assert.deepEqual(
      suspects.map(({ title }) => title),
      [
        'Internals keeps 30 more MessagePort each round',
        'Array `orders` keeps 10 more Item each round',
      ],
    );
    // Each port has a native side of its own: that is no growth of the ports.
    assert.ok(!suspects[0].evidence.includes('What is kept goes on growing itself.'));
  });

  it('names ten at most', () => {
    const many = Array.from({ length: 12 }, (_, i) => arrayOf(`list${i}x`, [10, 10, 10]));
    assert.equal(titles(...many).length, 10);
  });

  it('leaves out few and small objects, not few large ones', () => {
    const four = (bytes: number) => titles(arrayOf('few', [4, 4, 4], `"Few" ${bytes}`));
    assert.deepEqual(four(16_383), []);
    assert.deepEqual(four(16_384), ['Array `few` keeps 4 more Few each round']);
  });

  it('counts objects before the strings that came with them', () => {
    const [suspect] = analyze(3, {
      edges: '  byId:context -> byId\n',
      nodes: `byId "Array" 16
${each([6, 6, 6], (round, i) => `  [${round * 10 + i}] -> item${i}+${round}\n`)}
${each([60, 60, 60], (round, i) => `  [${round * 100 + i}] -> text${i}+${round}\n`)}
${each([6, 6, 6], (round, i) => `item${i}+${round} "Item" 100\n`)}
${each([60, 60, 60], (round, i) => `text${i}+${round} :string "text" 20\n`)}`,
    }).suspects;
    assert.equal(suspect.className, 'Item');
    assert.equal(suspect.countPerRound, 6);
    assert.equal(suspect.retainedBytesPerRound, 6 * 100 + 60 * 20);
  });

  it('counts the class that grows in every round before one that is larger', () => {
    const [suspect] = analyze(3, {
      edges: '  mixed:context -> mixed\n',
      nodes: `mixed "Array" 16
${each([50, 5, 0], (round, i) => `  [${round * 100 + i}] -> entry${i}+${round}\n`)}
${each([6, 6, 6], (round, i) => `  [${round * 100 + 80 + i}] -> item${i}+${round}\n`)}
${each([50, 5, 0], (round, i) => `entry${i}+${round} "Entry" 10\n`)}
${each([6, 6, 6], (round, i) => `item${i}+${round} "Item" 10\n`)}`,
    }).suspects;
    assert.equal(suspect.className, 'Item');
  });

  it('lists the keys of plain objects alone', () => {
    const plain = (round: number, i: number) => `request${i}+${round}`;
    const [suspect] = analyze(3, {
      edges: '  log:context -> log\n',
      nodes: `log "Array" 16
${each([5, 5, 5], (round, i) => `  [${round * 10 + i}] -> ${plain(round, i)}\n`)}
proto "Object"
${each([5, 5, 5], (round, i) => `${plain(round, i)} "Object" 50\n  __proto__ -> proto\n  url -> text\n  "<symbol kState>" -> text\n  at -> text\n`)}
text :string "/"`,
    }).suspects;
    assert.deepEqual(suspect.leakedKeys, ['url', 'at']);
    const [instance] = analyze(3, arrayOf('items', [5, 5, 5], '"Item"\n  url -> source')).suspects;
    assert.deepEqual(instance.leakedKeys, []);
  });

  it('names an object with many keys by its variable, not by one of the keys', () => {
    const keyed: Variables = {
      edges: '  byId:context -> byId\n',
      nodes: `byId "Object" 16
${each([20, 20, 20], (round, i) => `  id${round}x${i} -> e${i}+${round}\n`)}
${each([20, 20, 20], (round, i) => `e${i}+${round} "Object" 50\n`)}`,
    };
    const [suspect] = analyze(3, keyed).suspects;
    assert.equal(suspect.title, 'Object `byId` keeps 20 more Object each round');
    assert.deepEqual(
      suspect.anchors.map((anchor) => ('name' in anchor ? anchor.name : anchor.kind)),
      ['byId'],
    );
  });

  it('shows the container that grows, of all that look alike, and says how many there are', () => {
    const users: Variables = {
      edges: '  users:context -> users\n',
      nodes: `users "Array" 16
  [0] -> quiet
  [1] -> busy
quiet "Set" 16
  table:internal -> quietTable
quietTable :array 100
  4:internal -> q+1
q+1 "Cart" 50
busy "Set" 16
  table:internal -> busyTable
busyTable :array 100
${each([9, 9, 9], (round, i) => `  ${round * 10 + i}:internal -> b${i}+${round}\n`)}
${each([9, 9, 9], (round, i) => `b${i}+${round} "Cart" 50\n`)}`,
    };
    const [suspect] = analyze(3, users).suspects;
    assert.equal(suspect.shape, 'set');
    assert.ok(suspect.path.some(({ edge }) => edge === '[1]'));
    assert.equal(suspect.evidence.at(-1), '2 containers of this kind grow.');
  });

  it('judges each global variable by itself, however many there are', () => {
    const map = (name: string, counts: readonly number[]) => `${name} "Map" 16
  table:internal -> ${name}Table
${name}Table :array 100
${each(counts, (round, i) => `  ${round * 100 + i}:internal -> ${name}${i}+${round}\n`)}
${each(counts, (round, i) => `${name}${i}+${round} "Object" 50\n`)}`;
    const globals: Variables = {
      edges: '',
      nodes: `${map('cache', [90, 0, 0])}\n${map('sessions', [9, 9, 9])}
text :string "constant"`,
      globals: `  cache -> cache\n  sessions -> sessions\n${repeat(50, (i) => `  CONSTANT_${i} -> text\n`)}`,
    };
    assert.deepEqual(titles(globals), ['Map `sessions` keeps 9 more Object each round']);
  });

  it('says so where listeners or timers are left behind', () => {
    const listeners: Variables = {
      edges: '  bus:context -> bus\n',
      nodes: `bus "EventEmitter" 16
  _events -> events
events "Object" 16
  data -> onData
onData "Array" 16
${each([8, 8, 8], (round, i) => `  [${round * 10 + i}] -> f${i}+${round}\n`)}
${each([8, 8, 8], (round, i) => `f${i}+${round} :closure (7:30:4) 60\n`)}`,
    };
    const [suspect] = analyze(3, listeners).suspects;
    assert.equal(suspect.title, 'Listeners are not removed: 8 more Function each round');
    assert.equal(suspect.shape, 'listener');
    assert.deepEqual(
      suspect.anchors.map(({ kind }) => kind),
      ['callback', 'property', 'variable'],
    );
    assert.deepEqual(titles(arrayOf('pending', [7, 7, 7], '"Timeout" 80')), [
      'Timers are not cleared: 7 more Timeout each round',
    ]);
  });

  describe('of size alone', () => {
    const growing = (edge: string, rounds: number) => {
      const label = (k: number) => (k < rounds ? `log+${k}-${k + 1}` : `log+${k}`);
      const all = Array.from({ length: rounds + 1 }, (_, k) => k);
      return {
        edges: all.map((k) => `  ${edge} -> ${label(k)}\n`).join(''),
        nodes: all.map((k) => `${label(k)} :string "lines" ${20_000 * (k + 1)}\n`).join(''),
      };
    };

    it('finds a variable that holds more and more, and is less sure of it', () => {
      const { verdict, suspects } = analyze(3, growing('log:context', 3));
      assert.equal(verdict, 'leak');
      assert.equal(suspects.length, 1);
      const { title, shape, confidence, countPerRound, retainedBytesPerRound, evidence } =
        suspects[0];
      assert.deepEqual(
        { title, shape, confidence, countPerRound, retainedBytesPerRound, evidence },
        {
          title: '(string) `log` grows by 20.0 kB each round',
          shape: 'string',
          confidence: 0.6,
          countPerRound: 0,
          retainedBytesPerRound: 20_000,
          // The 40 bytes of the scope do not show.
          evidence: ['Held at each snapshot: 20.0 kB, 40.0 kB, 60.0 kB, 80.0 kB.'],
        },
      );
    });

    it('does not call it a leak after two rounds', () => {
      const { verdict, suspects } = analyze(2, growing('log:context', 2));
      assert.equal(verdict, 'inconclusive');
      assert.equal(suspects[0].confidence, 0.3);
    });

    it('leaves out what has no name', () => {
      const { edges, nodes } = growing('log', 3);
      assert.deepEqual(titles({ edges: '', nodes, unnamed: edges }), []);
    });
  });

  it('does not report a container twice, for its objects and for its storage', () => {
    const items = arrayOf('items', [10, 10, 10]);
    const grown: Variables = {
      edges: items.edges,
      nodes: items.nodes
        .replace(
          '"Array" 16',
          `"Array" 16\n${[0, 1, 2, 3].map((k) => `  elements:internal -> ${logLabel(k)}\n`).join('')}`,
        )
        .concat([0, 1, 2, 3].map((k) => `${logLabel(k)} :array ${20_000 * (k + 1)}\n`).join('')),
    };
    assert.deepEqual(titles(grown), ['Array `items` keeps 10 more Item each round']);
  });

  it('folds the middle of a long path', () => {
    const depth = 60;
    const [suspect] = analyze(3, {
      edges: '  deep:context -> d0\n',
      nodes: `${repeat(depth, (i) => `d${i} "D${i}" 10\n  ${i + 1 < depth ? `f${i} -> d${i + 1}` : 'items -> items'}\n`)}
${arrayOf('items', [10, 10, 10]).nodes}`,
    }).suspects;
    // root, global, handler, scope, d0 to d59, items and the item are 66 steps: 24 at each end are left.
    assert.equal(suspect.path.length, 48);
    assert.equal(suspect.path[23].className, 'D19');
    // From the end: the item, items, d59, … The 24th from the end is d38.
    assert.equal(suspect.path[24].className, 'D38');
    assert.equal(suspect.path[24].edge, '… 18 steps … .f37');
    assert.equal(suspect.path[47].className, 'Item');
  });
});

/** A string or storage that is replaced after each of three rounds. */
function logLabel(round: number): string {
  return round < 3 ? `log+${round}-${round + 1}` : 'log+3';
}
