import assert from 'node:assert/strict';
import { sizeHeap } from '../../../src/heap/sizedHeap';
import { FlatSizes } from '../../../src/leaks/flatSizes';
import { NodeKinds } from '../../../src/leaks/nodeKinds';
import { drawHeap } from '../../support/graphText';

const drawn = drawHeap(`
root
  global:shortcut -> scope
scope 40 "system / Context"
  log:context -> log
  bytes:context -> bytes
  session:context -> session
  numbers:context -> numbers
  Uint8Array:context -> constructor
page 40 "Page"
  text -> twice
book 48 "Book"
  title -> shared
  text -> borrowed
twice :"concatenated string" 32
  first:internal -> half
  map:internal -> twiceMap
  second:internal -> half
half :string 300
twiceMap :"object shape" 80
shared :"concatenated string" 32
  first:internal -> common
borrowed :"concatenated string" 32
  first:internal -> common
  second:internal -> own
common :string 5000
own :string 700
handles :synthetic "(Handle scope)"
  own -> own
watcher 16 "Watcher"
  own:weak -> own
log :"concatenated string" 32
  first:internal -> first
  second:internal -> second
first :string 1000
second :string 500
bytes 96 "Buffer"
  buffer:internal -> buffer
buffer 88 "ArrayBuffer"
  backing_store:internal -> store
store :native 20000 "system / JSArrayBufferData"
session 64 "Session"
  id -> id
  [0] -> element
  name:internal -> hiddenText
id :string 24
element :string 7000
hiddenText :string 7000
numbers 16 "Array"
  elements:internal -> elements
elements :array 8000
constructor :closure 100000 "Uint8Array"
`);
const flatSizes = new FlatSizes(sizeHeap(drawn.graph), new NodeKinds(drawn.graph));
const size = (label: string) => flatSizes.ofObject(drawn.node(label));
const largest = (label: string) => drawn.labels([flatSizes.largestIn(drawn.node(label))])[0];

describe('FlatSizes.ofObject', () => {
  it('adds the strings and binary data that variables hold, with all that belongs to them', () => {
    // Not the session, the array, or the function that has the name of a binary class.
    assert.equal(size('scope'), 40 + (32 + 1000 + 500) + (96 + 88 + 20000));
  });

  it('counts once what a string is made of twice', () => {
    assert.equal(size('page'), 40 + (32 + 300 + 80));
  });

  it('leaves out what several strings are made of, but not what V8 or a weak reference holds', () => {
    assert.equal(size('book'), 48 + 32 + (32 + 700));
  });

  it('adds those in fields, not those that an array or V8 holds', () => {
    assert.equal(size('session'), 64 + 24);
  });

  it('counts the storage of an array of small integers', () => {
    assert.equal(size('numbers'), 16 + 8000);
  });
});

describe('FlatSizes.largestIn', () => {
  it('is the member with the most bytes', () => {
    assert.equal(largest('scope'), 'bytes');
    assert.equal(largest('session'), 'id');
  });

  it('is the object itself if all is its own storage', () => {
    assert.equal(largest('numbers'), 'numbers');
  });
});
