import assert from 'node:assert/strict';
import { position0 } from '../../../src/base/position';
import type { Anchor, CodePosition } from '../../../src/leaks/leakAnalysis';
import type { LeakedValue } from '../../../src/source/leakedValue';
import { RetentionSites } from '../../../src/source/retentionSite';
import { parseSyntaxTree } from '../../../src/source/syntaxTree';

/** The place of `marker` in `source`; V8 reports functions by a place inside of them. */
function at(source: string, marker: string): CodePosition {
  const offset = source.indexOf(marker);
  assert.notEqual(offset, -1, `no ${marker} in the source`);
  const before = source.slice(0, offset).split('\n');
  return { scriptId: 1, position: position0(before.length - 1, before[before.length - 1].length) };
}

/** The sites of an anchor as `role: source line`, best first. */
function sites(
  source: string,
  anchor: Anchor,
  leaked: Partial<LeakedValue> = {},
  file = 'a.js',
): string[] {
  const tree = parseSyntaxTree(source, file);
  assert.ok(tree);
  const found = new RetentionSites(tree).find(anchor, { className: 'Object', keys: [], ...leaked });
  const lines = source.split('\n');
  return found.map(({ role, position }) => `${role}: ${lines[position.line].trim()}`);
}

const variable = (source: string, name: string, within: string): Anchor => ({
  kind: 'variable',
  name,
  within: at(source, within),
});

describe('RetentionSites', () => {
  it('finds where a Map in module scope is filled and declared', () => {
    const source = `
      const sessions = new Map();
      exports.open = (id) => {
        sessions.set(id, { id });
      };`;
    assert.deepEqual(sites(source, variable(source, 'sessions', '(id) =>')), [
      'growth: sessions.set(id, { id });',
      'retention: const sessions = new Map();',
    ]);
  });

  it('tells a shadowing variable from the one that leaks', () => {
    const source = `
      const list = [];
      function local() { const list = []; list.push(1); }
      function leak(x) {
        list.push(x);
      }`;
    const found = sites(source, variable(source, 'list', '(x)'));
    assert.deepEqual(found, ['growth: list.push(x);', 'retention: const list = [];']);
  });

  it('follows containers inside the container', () => {
    const source = `
      const byUser = new Map();
      function add(user, item) {
        const items = byUser.get(user) ?? [];
        items.push(item);
      }`;
    assert.equal(
      sites(source, variable(source, 'byUser', '(user'))[0],
      'growth: items.push(item);',
    );
  });

  it('knows keyed assignment, spreading and adding up as growth', () => {
    for (const statement of [
      'cache[key] = value;',
      'cache = { ...cache, [key]: value };',
      'cache = cache.concat(value);',
      'cache += value;',
      'Object.assign(cache, value);',
      '(cache[key] ||= []).push(value);',
      'Array.prototype.push.apply(cache, value);',
      'cache = { next: cache, value };',
    ]) {
      const source = `let cache = init();\nfunction put(key, value) {\n  ${statement}\n}`;
      assert.equal(
        sites(source, variable(source, 'cache', '(key'))[0],
        `growth: ${statement}`,
        statement,
      );
    }
  });

  it('follows containers that a function of the file hands out', () => {
    for (const [declaration, handed] of [
      ['of(key) { return this.all.get(key) ?? this.make(key); }', 'this.of(key)'],
      ['#of(key) { const known = this.all.get(key); return known; }', 'this.#of(key)'],
      ['of = (key) => this.all.get(key);', 'this.of(key)'],
      ['static of(store, key) { return store.all.get(key); }', 'Store.of(this, key)'],
      ['get own() { return this.all.get("own"); }', 'this.own'],
    ]) {
      const source = `
      class Store {
        all = new Map();
        add(key, item) {
          ${handed}.push(item);
        }
        ${declaration}
      }`;
      const anchor: Anchor = { kind: 'field', name: 'all', classAt: at(source, 'class Store') };
      assert.equal(sites(source, anchor)[0], `growth: ${handed}.push(item);`, declaration);
    }
    const source = `
      const all = new Map();
      function add(key, item) {
        listOf(key).push(item);
      }
      function listOf(key) { return all.get(key); }`;
    assert.equal(
      sites(source, variable(source, 'all', '(key, item)'))[0],
      'growth: listOf(key).push(item);',
    );
  });

  it("does not take another object's method for the one that hands it out", () => {
    const source = `
      class Store {
        all = new Map();
        of(key) { return this.all.get(key); }
        add(other, item) { other.of(1).push(item); }
      }
      class Shelf {
        add(item) { this.of(1).push(item); }
      }`;
    const anchor: Anchor = { kind: 'field', name: 'all', classAt: at(source, 'class Store') };
    assert.deepEqual(sites(source, anchor), ['retention: all = new Map();']);
  });

  it('prefers what fills the containers inside, if it is there that objects pile up', () => {
    const source = `
      const byTenant = new Map();
      function add(tenant, item) {
        let items = byTenant.get(tenant);
        if (!items) byTenant.set(tenant, (items = fresh()));
        items.push(item);
      }`;
    const anchor = variable(source, 'byTenant', '(tenant');
    assert.match(sites(source, anchor)[0], /byTenant\.set/);
    assert.equal(sites(source, anchor, { isNested: true })[0], 'growth: items.push(item);');
  });

  it('takes any method for growth that is handed what leaked, but known ones that keep nothing', () => {
    const source = `
      const board = open();
      function show(id) {
        board.draw(id);
        const view = new View(id);
        board.emit('view', view);
        board.delete(view);
        board.attach(view);
      }`;
    assert.deepEqual(
      sites(source, variable(source, 'board', '(id)'), { className: 'View' }).filter(
        (text) => !text.startsWith('removal'),
      ),
      ['growth: board.attach(view);', 'retention: const board = open();'],
    );
  });

  it('knows that streams, channels, observers and registries keep what they are given', () => {
    for (const statement of [
      'source.pipe(target);',
      'source.register(target, key);',
      'source.subscribe(() => target());',
    ]) {
      const text = `const source = open();\nfunction add(key, target) {\n  ${statement}\n}`;
      assert.deepEqual(sites(text, variable(text, 'source', '(key')), [
        `growth: ${statement}`,
        'retention: const source = open();',
      ]);
    }
  });

  it('knows a variable that starts with the old value and more as growth', () => {
    for (const next of ['[...list, item]', '{ item, next: list }', 'list.concat(item)']) {
      const source = `
      let list = [];
      function add(item) {
        const longer = ${next};
        list = longer;
      }`;
      assert.equal(sites(source, variable(source, 'list', '(item)'))[0], 'growth: list = longer;');
    }
  });

  it('does not take for growth what is read, left out or made anew', () => {
    for (const value of [
      'list[0]',
      'list.get(key)',
      'list.filter((item) => item.open)',
      'list.slice(1)',
      'list || []',
      'list ?? new Map()',
      'list ? list : {}',
      'list.length',
    ]) {
      const source = `let list = init();\nfunction next(key) {\n  list = ${value};\n}`;
      assert.equal(
        sites(source, variable(source, 'list', '(key)'))[0],
        'retention: let list = init();',
        value,
      );
    }
  });

  it('names the replacement of a typed array, which does not grow by its elements', () => {
    const source = `
      let values = new Float64Array(8);
      let length = 0;
      function add(value) {
        if (length === values.length) grow();
        values[length++] = value;
      }
      function grow() {
        const larger = new Float64Array(values.length * 2);
        larger.set(values);
        values = larger;
      }`;
    const anchor = variable(source, 'values', '(value)');
    const className = 'Float64Array';
    const written = 'growth: values[length++] = value;';
    assert.equal(
      sites(source, anchor, { className, isOneObject: true })[0],
      'growth: values = larger;',
    );
    assert.equal(sites(source, anchor, { className })[0], written);
    assert.equal(sites(source, anchor, { className: 'Array', isOneObject: true })[0], written);
  });

  it('prefers the line in a function that adds what leaked to others that add', () => {
    const source = `
      const jobs = [];
      jobs.push({ first: true });
      function plan(a) {
        jobs.push(a);
        jobs.push({ id: 1, run: a });
      }`;
    assert.deepEqual(sites(source, variable(source, 'jobs', '(a)'), { keys: ['id', 'run'] }), [
      'growth: jobs.push({ id: 1, run: a });',
      'growth: jobs.push(a);',
      'retention: const jobs = [];',
      'growth: jobs.push({ first: true });',
    ]);
  });

  it('recognises a leaked instance that was given a name first', () => {
    const source = `
      const open = new Set();
      function start(id) {
        open.add(id);
        const cart = new Cart(id);
        open.add(cart);
      }`;
    assert.equal(
      sites(source, variable(source, 'open', '(id)'), { className: 'Cart' })[0],
      'growth: open.add(cart);',
    );
  });

  it('finds private fields by the class that V8 names', () => {
    const source = `
      class Other { #queue = []; add(x) { this.#queue.push(x); } }
      class Outbox {
        #queue = [];
        send(mail) {
          this.#queue.push(mail);
        }
      }`;
    const anchor: Anchor = { kind: 'field', name: '#queue', classAt: at(source, 'class Outbox') };
    assert.deepEqual(sites(source, anchor), [
      'growth: this.#queue.push(mail);',
      'retention: #queue = [];',
    ]);
  });

  it('finds fields of a class by its constructor, in TypeScript too', () => {
    const source = `
      export class Outbox<T> {
        constructor(private readonly queue: T[] = []) {}
        send(mail: T): void {
          this.queue!.push(mail as T);
        }
      }`;
    const anchor: Anchor = { kind: 'field', name: 'queue', classAt: at(source, '(private') };
    assert.deepEqual(sites(source, anchor, {}, 'outbox.ts'), [
      'growth: this.queue!.push(mail as T);',
      'retention: constructor(private readonly queue: T[] = []) {}',
    ]);
  });

  it('finds fields of a constructor function', () => {
    const source = `
      function Pool() { this.items = []; }
      Pool.prototype.take = function (x) {
        this.items.push(x);
      };`;
    const anchor: Anchor = { kind: 'field', name: 'items', classAt: at(source, '() {') };
    assert.equal(sites(source, anchor)[0], 'growth: this.items.push(x);');
  });

  it('tells the fields of constructor functions in one file apart', () => {
    for (const methods of [
      'Store.prototype.put = function (key, value) {\n  this.items[key] = value;\n};',
      'Store.prototype = { put(key, value) {\n  this.items[key] = value;\n} };',
      'Object.assign(Store.prototype, { put(key, value) {\n  this.items[key] = value;\n} });',
      'const p = Store.prototype;\np.put = function (key, value) {\n  this.items[key] = value;\n};',
      'const p = (Store.prototype = {});\np.put = (key, value) => {\n  this.items[key] = value;\n};',
    ]) {
      for (const made of ['function Store() {', 'const Store = function Store() {']) {
        const source = `
function Other() { this.items = {}; }
Other.prototype.look = function (name, found) {
  this.items[name] = found;
};
${made} this.items = {}; }
${methods}`;
        const position = at(source, `() { this.items = {}; }\n${methods}`);
        const found = sites(source, { kind: 'field', name: 'items', classAt: position });
        assert.equal(found[0], 'growth: this.items[key] = value;', source);
        assert.ok(!found.some((text) => text.includes('[name]')), source);
      }
    }
  });

  it('looks in the whole file for a field that nothing in its class fills', () => {
    const source = `
      class Store { constructor() { this.items = []; } }
      function put(store, item) {
        store.items.push(item);
      }`;
    const anchor: Anchor = { kind: 'field', name: 'items', classAt: at(source, '() { this') };
    assert.equal(sites(source, anchor)[0], 'growth: store.items.push(item);');
  });

  it('finds the property of a function and of an exported object', () => {
    const source = `
      function create(name) {
        create.instances.push(name);
      }
      create.instances = [];`;
    const anchor: Anchor = { kind: 'property', name: 'instances', near: at(source, '(name)') };
    assert.deepEqual(sites(source, anchor), [
      'growth: create.instances.push(name);',
      'retention: create.instances = [];',
    ]);
  });

  it('falls back to a variable of the same name where the property is read through a store', () => {
    const source = `
      const store = new WeakMap();
      module.exports = (fn, opts) => {
        opts = Object.assign({ cache: new Map() }, opts);
        const memoized = () => {
          const cache = store.get(memoized);
          cache.set(1, { data: fn(), maxAge: 1 });
        };
        store.set(memoized, opts.cache);
      };`;
    const anchor: Anchor = { kind: 'property', name: 'cache', near: at(source, '() => {') };
    assert.equal(
      sites(source, anchor, { keys: ['data', 'maxAge'] })[0],
      'growth: cache.set(1, { data: fn(), maxAge: 1 });',
    );
  });

  describe('callbacks', () => {
    const callback = (source: string, marker: string): Anchor => ({
      kind: 'callback',
      at: at(source, marker),
    });

    it('finds the call that a function literal is handed to', () => {
      const source = `
        function poll(req) {
          setInterval(() => req.check(), 1000);
          bus.on('price', function (p) { req.price = p; });
        }`;
      assert.deepEqual(sites(source, callback(source, '() => req')), [
        'registration: setInterval(() => req.check(), 1000);',
      ]);
      assert.deepEqual(sites(source, callback(source, '(p)')), [
        "registration: bus.on('price', function (p) { req.price = p; });",
      ]);
    });

    it('finds the call that takes a named function, method or bound method', () => {
      const source = `
        class Page {
          constructor() {
            bus.on('tick', this.draw.bind(this));
          }
          draw() { return this.x; }
        }
        function handle(req) {
          const onEnd = () => req.end();
          req.on('end', onEnd);
        }`;
      assert.deepEqual(sites(source, callback(source, '() { return this.x')), [
        "registration: bus.on('tick', this.draw.bind(this));",
      ]);
      assert.deepEqual(sites(source, callback(source, '() => req.end')), [
        "registration: req.on('end', onEnd);",
      ]);
    });

    it('finds the call that takes what was kept in a variable or member before', () => {
      for (const [kept, taken] of [
        ['this.catcher = this.caught.bind(this);', 'bus.on(event, this.catcher);'],
        ['this.#catcher = this.caught.bind(this);', 'bus.on(event, this.#catcher);'],
        ['const catcher = this.caught.bind(this);', 'bus.on(event, catcher);'],
        ['const run = this.caught, catcher = run.bind(this);', 'bus.on(event, catcher);'],
        ['const catcher = (this.catcher = this.caught.bind(this));', 'bus.on(event, catcher);'],
        ['let catcher = given ?? this.caught.bind(this);', 'bus.on(event, catcher);'],
      ]) {
        const source = `
        class Guard {
          #catcher;
          watch(event, given) {
            ${kept}
            ${taken}
          }
          unwatch(event) { bus.off(event, this.catcher); }
          caught(error) {}
        }`;
        const found = sites(source, callback(source, '(error)'));
        assert.equal(found[0], `registration: ${taken}`, kept);
        assert.equal(found.filter((text) => text.startsWith('registration')).length, 1, kept);
      }
    });

    it('finds the call that takes what another function returns', () => {
      for (const [maker, call] of [
        ['const nextBucket = (w) => (_) => { w.shift(); };', 'nextBucket(w)'],
        ['function nextBucket(w) { return (_) => { w.shift(); }; }', 'nextBucket(w)'],
        [
          'const nextBucket = (w) => { const next = (_) => { w.shift(); }; return next; };',
          'nextBucket(w)',
        ],
        ['class Buckets { next(w) { return (_) => { w.shift(); }; } }', 'buckets.next(w)'],
      ]) {
        for (const registered of [
          `setInterval(${call}, 1000);`,
          `setInterval(${call}.bind(null), 1000);`,
        ]) {
          const source = `${maker}\nfunction start(w) {\n  ${registered}\n}`;
          assert.deepEqual(
            sites(source, callback(source, '(_)')),
            [`registration: ${registered}`],
            source,
          );
        }
      }
    });

    it('does not take calls of the function for calls that it is handed to', () => {
      const source = `
        const make = () => () => {};
        const made = make();
        run(made());`;
      assert.deepEqual(sites(source, callback(source, '() => {}')), [
        'allocation: const make = () => () => {};',
      ]);
    });

    it('points at the function itself where nobody is seen to take it', () => {
      const source = 'exports.make = () => {\n  return function inner() {};\n};';
      assert.deepEqual(sites(source, callback(source, '() {}')), [
        'allocation: return function inner() {};',
      ]);
    });
  });

  describe('suspended calls', () => {
    const suspended = (source: string, marker: string): Anchor => ({
      kind: 'suspended',
      at: at(source, marker),
    });

    it('wait at the only await of their own', () => {
      const source = `
        async function follow(orders) {
          const later = async () => { await orders.end; };
          await orders.changed;
          later();
        }
        async function* read(rows) {
          for await (const row of rows) {
            for (const cell of row) yield cell;
          }
        }`;
      assert.deepEqual(sites(source, suspended(source, '(orders)')), [
        'growth: await orders.changed;',
      ]);
      assert.deepEqual(sites(source, suspended(source, '(rows)')), [
        'growth: for await (const row of rows) {',
      ]);
    });

    it('wait somewhere in the function where it has more than one await', () => {
      const source = `
        async function save(order) {
          await order.paid;
          await order.packed;
        }`;
      assert.deepEqual(sites(source, suspended(source, '(order)')), [
        'allocation: async function save(order) {',
      ]);
    });
  });

  describe('constructions', () => {
    it('are found by class and by factory, those that run again and again first', () => {
      const source = `
        const shared = new http.Agent();
        function get(url) {
          const socket = net.createSocket(url);
          return new Agent().request(socket, new AgentPool(), Agent);
        }`;
      assert.deepEqual(sites(source, { kind: 'construction', classNames: ['Agent', 'Socket'] }), [
        'allocation: return new Agent().request(socket, new AgentPool(), Agent);',
        'allocation: const socket = net.createSocket(url);',
        'allocation: const shared = new http.Agent();',
      ]);
    });
  });

  describe('loads', () => {
    const lines = (source: string, loaded?: string) =>
      sites(source, { kind: 'load', ...(loaded !== undefined && { loaded }) });

    it('are what loads another module each time', () => {
      const source = `
        const fs = require('fs');
        const plugin = require(process.argv[2]);
        const load = createRequire(import.meta.url);
        function render(name, require2) {
          require2(name);
          return load(name);
        }
        const rules = (revision) => import(\`./rules.js?\${revision}\`);
        const again = (name) => module.require(name);`;
      assert.deepEqual(lines(source), [
        'growth: return load(name);',
        'growth: const rules = (revision) => import(`./rules.js?${revision}`);',
        'growth: const again = (name) => module.require(name);',
        'growth: const plugin = require(process.argv[2]);',
      ]);
    });

    it('are also those that name the module, but none that name another', () => {
      const source = `
        const fresh = () => require('./lib/rules');
        const same = () => require("rules.js");
        const other = () => require('./rulesets');
        const some = (name) => require(\`./lib/\${name}.js\`);
        const data = (name) => require(\`./data/\${name}.json\`);`;
      assert.deepEqual(lines(source, '/app/lib/rules.js'), [
        'growth: const some = (name) => require(`./lib/${name}.js`);',
        "growth: const fresh = () => require('./lib/rules');",
        'growth: const same = () => require("rules.js");',
      ]);
    });

    it('are not calls of a function of the program that is called require', () => {
      const source = `
        const require = (name) => table[name];
        const get = (name) => require(name);`;
      assert.deepEqual(lines(source), []);
    });
  });

  describe('removals', () => {
    /** What is found to remove from `cache`: the line, and its bound as `<=limit`. */
    function removals(statement: string, declaration = 'let cache = new Map();'): string[] {
      const source = `${declaration}
const MAX = 10 * 50;
const drop = (key) => {
  ${statement}
};
function put(key, max) {
  cache.set(key, 1);
}`;
      const tree = parseSyntaxTree(source, 'a.js');
      assert.ok(tree);
      const anchor = variable(source, 'cache', '(key, max)');
      return new RetentionSites(tree)
        .find(anchor, { className: 'Object', keys: [] })
        .filter(({ role }) => role === 'removal')
        .map(({ position, bound }) => {
          const text = source.split('\n')[position.line].trim();
          return bound ? `<=${bound.limit ?? '?'}: ${text}` : text;
        });
    }

    for (const statement of [
      'cache.delete(key);',
      'cache.clear();',
      'cache.splice(cache.indexOf(key), 1);',
      'cache.shift();',
      'delete cache[key];',
      'Reflect.deleteProperty(cache, key);',
      'cache.length = 0;',
      'cache = new Map();',
      'cache = [];',
      'cache = cache.filter((old) => old !== key);',
      'cache.get(key).delete(1);',
      'cache.removeListener("data", key);',
      'if (cache.size > 0) cache.clear();',
      'for (let i = 0; i < cache.length; i++) cache.shift();',
      'if (other.size > MAX) cache.delete(key);',
      'if (cache.size > MAX) other.delete(key); cache.delete(1);',
      'if (cache.size < MAX) cache.delete(key);',
    ]) {
      it(`are seen in ${statement}`, () => assert.deepEqual(removals(statement), [statement]));
    }

    for (const [statement, limit] of [
      ['if (cache.size > MAX) cache.delete(key);', '500'],
      ['if (MAX <= cache.size) { log(); cache.delete(cache.keys().next().value); }', '500'],
      ['while (cache.length > key.max) cache.shift();', '?'],
      ['if (Object.keys(cache).length >= 1_000) cache = {};', '1000'],
      ['cache.length > 100 && cache.shift();', '100'],
      ['cache.length = Math.min(cache.length, MAX);', '?'],
      ['cache = cache.slice(-MAX);', '500'],
      ['cache.splice(0, cache.length - 20);', '20'],
      ['const limit = key.max ?? 300; if (cache.size > limit) cache.clear();', '300'],
    ]) {
      it(`are seen to bound in ${statement}`, () => {
        assert.deepEqual(removals(statement), [`<=${limit}: ${statement}`]);
      });
    }

    for (const statement of [
      'cache.get(key);',
      'if (!cache) cache = new Map();',
      'cache ??= new Map();',
      'other.delete(key);',
      'cache.splice(0, 0, key);',
      'const cache = new Map(); cache.delete(key);',
    ]) {
      it(`are not seen in ${statement}`, () => assert.deepEqual(removals(statement), []));
    }

    it('are not seen in what makes the container in the first place', () => {
      const source = `
        class Store {
          constructor() { this.items = []; }
          add(x) { this.items.push(x); }
        }
        function Old() { this.items = []; }
        function setup(make) { make.items = []; }`;
      const anchor: Anchor = { kind: 'field', name: 'items', classAt: at(source, 'class Store') };
      assert(!sites(source, anchor).some((found) => found.startsWith('removal')));
      const near: Anchor = { kind: 'property', name: 'items', near: at(source, '(make)') };
      const only = source.slice(source.indexOf('function setup'));
      assert(
        !sites(only, near && { ...near, near: at(only, '(make)') })
          .join()
          .includes('removal'),
      );
    });

    it('bound through a function that evicts', () => {
      const source = `
        const cache = new Map();
        function evict() {
          cache.delete(cache.keys().next().value);
        }
        function put(key) {
          cache.set(key, 1);
          if (cache.size > 100) evict();
        }`;
      const tree = parseSyntaxTree(source, 'a.js');
      assert.ok(tree);
      const found = new RetentionSites(tree).find(variable(source, 'cache', '(key)'), {
        className: 'Object',
        keys: [],
      });
      assert.deepEqual(
        found.filter(({ role }) => role === 'removal').map(({ bound }) => bound),
        [{ limit: 100 }],
      );
    });

    it('are checks before something is added, if nothing is added past them', () => {
      const guarded = (more: string) => {
        const source = `
          const seen = new Set();
          function note(id) {
            if (seen.size >= 1000) return;
            seen.add(id);
          }
          function room(id) { if (seen.size < 1000) seen.add(id); }
          ${more}`;
        return sites(source, variable(source, 'seen', '(id)')).filter((found) =>
          found.startsWith('removal'),
        );
      };
      assert.equal(guarded('').length, 2);
      assert.deepEqual(guarded('function force(id) { seen.add(id); }'), []);
      assert.deepEqual(guarded('function fill(id) { while (seen.size < id) seen.add(id); }'), []);
    });

    it('of listeners are those of the same event, of timers those of the kept id', () => {
      const source = `
        function watch(bus, view) {
          bus.on('price', (p) => view.show(p));
          bus.on('stock', (s) => view.show(s));
          bus.off('stock', view.show);
          view.timer = setInterval(() => view.tick(), 10);
          const late = setTimeout(() => view.late(), 10);
          clearInterval(view.timer);
          clearTimeout(view.other);
        }`;
      const ends = (marker: string) =>
        sites(source, { kind: 'callback', at: at(source, marker) }).slice(1);
      assert.deepEqual(ends('(p) =>'), []);
      assert.deepEqual(ends('(s) =>'), ["removal: bus.off('stock', view.show);"]);
      assert.deepEqual(ends('() => view.tick'), ['removal: clearInterval(view.timer);']);
      assert.deepEqual(ends('() => view.late'), []);
    });
  });

  it('finds what a module exports under another name, or under none', () => {
    const renamed = `
      const open = new Map();
      export { open as sessions };
      export const put = (id) => open.set(id, 1);`;
    assert.deepEqual(sites(renamed, variable(renamed, 'sessions', '(id)')), [
      'growth: export const put = (id) => open.set(id, 1);',
      'retention: const open = new Map();',
    ]);
    const unnamed = 'export default new Map();\nexport const f = () => {};';
    assert.deepEqual(sites(unnamed, variable(unnamed, 'default', '() =>')), [
      'retention: export default new Map();',
    ]);
  });

  it('reads through syntax errors', () => {
    const source = 'const a = [];\nfunction f(x) { a.push(x); }\nconst a = 2;\nreturn 1;';
    assert.equal(
      sites(source, variable(source, 'a', '(x)'))[0],
      'growth: function f(x) { a.push(x); }',
    );
  });
});
