/**
 * The tables of a group's traffic: its simulated flows, its relays, and its sockets.
 */
import { el, setText } from './dom.js';
import { bytes } from './format.js';
import { LiveTable } from './tables.js';

/** What `skmem` of `ss -m` counts, in its order. */
const SKMEM = [
  ['r', 'memory of the receive queue'],
  ['rb', 'size of the receive buffer'],
  ['t', 'memory of packets sent to the network'],
  ['tb', 'size of the send buffer'],
  ['f', 'memory kept for later'],
  ['w', 'memory of the send queue'],
  ['o', 'memory of options'],
  ['bl', 'memory of the backlog'],
  ['d', 'packets dropped'],
];

/** What the table of flows has as plain numbers of bytes. */
const SIZES = new Set(['chunk', 'sent', 'received']);

/** And that of relays. */
const RELAY_SIZES = new Set(['in', 'out', 'held']);

/** Rows that a table shows, under a note that counts them. */
class Listing {
  constructor(table, one, many, nothing, nameOf) {
    this.table = table;
    this.words = { one, many, nothing };
    this.nameOf = nameOf;
    this.note = el('span', { class: 'note' });
    this.element = table.element;
    this.update([]);
  }

  update(rows) {
    const { one, many, nothing } = this.words;
    setText(this.note, rows.length === 0 ? nothing : `${rows.length} ${rows.length === 1 ? one : many}`);
    this.element.hidden = rows.length === 0;
    this.table.update(rows, this.nameOf);
  }
}

/**
 * The table of sockets, in the form of `ss -m`.
 *
 * @returns {Listing} it
 */
export function socketTable() {
  const number = (name) => (row) => String(row[name] ?? '–');
  const columns = [
    { title: 'state', text: (row) => row.state, isText: true },
    { title: 'local', text: (row) => row.local, isText: true },
    { title: 'peer', text: (row) => row.peer, isText: true },
    { title: 'recv-q', text: (row) => bytes(row.receiveQueue), hint: 'waits for the reader' },
    { title: 'send-q', text: (row) => bytes(row.sendQueue), hint: 'the peer has not acknowledged it' },
    { title: 'window', text: (row) => bytes(row.window), hint: 'the window that is offered' },
    ...SKMEM.map(([key, hint]) => ({ title: key, text: number(`skmem.${key}`), hint: `skmem: ${hint}` })),
    { title: 'pressure', text: (row) => (row.pressure ? 'yes' : 'no') },
    { title: 'charged', text: (row) => (row.accounted ? 'yes' : 'no'), hint: 'to its group' },
    { title: 'kind', text: (row) => (row.relayed ? 'real' : 'simulated'), isText: true },
  ];
  const table = new LiveTable('sockets', 'Sockets of the group', columns);
  return new Listing(table, 'socket', 'sockets', 'none: no traffic in this group', (row) => row.local);
}

/**
 * The table of flows, with the columns that `sim.tcp.flows` has.
 *
 * @param {?function(Object<string, string>): HTMLElement} action makes what one can do with a flow
 * @returns {Listing} it
 */
export function flowTable(action) {
  const names = ['name', 'connections', 'chunk', 'send', 'read', 'sent', 'received', 'rtt', 'peer', 'bytes'];
  const text = (name) => (row) => (SIZES.has(name) ? bytes(Number(row[name])) : row[name] ?? '–');
  const columns = names.map((name, i) => ({ title: name, text: text(name), isText: i === 0 }));
  const table = new LiveTable('flows', 'Simulated flows of the group', columns, action);
  return new Listing(table, 'flow', 'flows', 'none', (row) => row.name);
}

/**
 * The table of relays, with the columns of `sim.tcp.relay` that say what passes.
 *
 * @returns {Listing} it
 */
export function relayTable() {
  const texts = new Set(['name', 'listen', 'connect', 'target']);
  const names = ['name', 'listen', 'connect', 'target', 'connections', 'accepted', 'in', 'out', 'held', 'refusals'];
  const text = (name) => (row) => (RELAY_SIZES.has(name) ? bytes(Number(row[name])) : row[name] ?? '–');
  const columns = names.map((name) => ({ title: name, text: text(name), isText: texts.has(name) }));
  const table = new LiveTable('relays', 'Relays of the group', columns);
  return new Listing(table, 'relay', 'relays', 'none', (row) => row.name);
}
