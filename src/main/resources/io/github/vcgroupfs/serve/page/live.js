/**
 * The live view: the tree of groups, one group closely, and the journal.
 */
import { groupLink } from './api.js';
import { COUNTERS } from './counters.js';
import { choice, el, setAttribute, setText } from './dom.js';
import { Edits } from './edits.js';
import { Faults } from './faults.js';
import { Feed } from './feed.js';
import { duration } from './format.js';
import { makeForms } from './forms.js';
import { GroupView } from './group.js';
import { History } from './history.js';
import { Journal } from './journal.js';
import { navigate, showState } from './main.js';
import { flowTable, relayTable, socketTable } from './traffic.js';
import { GroupTree } from './tree.js';

let view = null;

/** See main.js. */
export function mount(element, params) {
  view = new LiveView(element, params.info);
  view.show(groupOf(params));
  return () => view.destroy();
}

/** See main.js. */
export function update(params) {
  view.show(groupOf(params));
}

function groupOf({ path }) {
  return `/${path.join('/')}`;
}

class LiveView {
  constructor(element, info) {
    this.info = info;
    this.counter = COUNTERS[0];
    this.commands = el('ol', { id: 'commands' });
    this.edits = info.writable ? new Edits(this.commands) : null;
    this.treeBox = el('div', { id: 'tree', role: 'tree', 'aria-label': 'Groups' });
    this.tree = new GroupTree(this.treeBox, (path) => navigate(groupLink(path)));
    this.count = el('span', { class: 'note', id: 'group-count' });
    this.group = new GroupView(info, this.edits);
    this.title = el('h2');
    this.facts = el('p', { class: 'facts' });
    this.gone = el('p', { class: 'gone', role: 'status', hidden: true });
    this.journalBox = el('section', { class: 'panel journal', 'aria-label': 'Journal' });
    this.journal = new Journal(this.journalBox);
    this.forms = this.edits ? makeForms(info, this.edits, (path) => navigate(groupLink(path))) : null;
    this.hasOurFiles = info.ours && !info.strict;
    this.faults = this.hasOurFiles ? new Faults(info.directory, this.edits) : null;
    this.sockets = socketTable();
    this.relays = relayTable();
    this.flows = flowTable(this.edits ? (row) => this.forms.flowActions(row) : null);
    element.replaceChildren(this.#aside(), this.#main());
    this.#listen();
  }

  show(path) {
    this.path = path;
    this.history = new History(this.info);
    setText(this.title, path === '/' ? `${this.info.directory} (the root)` : path);
    setAttribute(this.main, 'data-group', path);
    this.group.show(path, this.history);
    this.forms?.show(path);
    this.faults?.show(path);
    this.tree.select(path);
    this.sockets.update([]);
    this.flows.update([]);
    this.#showRelays([]);
    this.feed.watch(path);
    if (this.feed.snapshot) {
      this.#showGroup(this.feed.snapshot);
    }
    const { history } = this;
    history.load(path).then(() => this.group.draw(), () => null); // without the past, charts begin now
  }

  destroy() {
    this.feed.close();
    this.tree.destroy();
    this.journal.destroy();
    this.group.destroy();
    view = null;
  }

  #listen() {
    this.feed = new Feed(this.info);
    this.feed.addEventListener('snapshot', ({ detail }) => {
      setText(this.count, detail.groups.length === 1 ? '1 group' : `${detail.groups.length} groups`);
      this.tree.update(detail, this.feed.sparks, this.counter);
      this.#showGroup(detail);
    });
    this.feed.addEventListener('sockets', ({ detail }) => this.sockets.update(detail));
    this.feed.addEventListener('flows', ({ detail }) => this.flows.update(detail));
    this.feed.addEventListener('relays', ({ detail }) => this.#showRelays(detail));
    this.feed.addEventListener('faults', ({ detail }) => this.faults?.update(detail));
    this.feed.addEventListener('journal', ({ detail }) => this.journal.add(detail.lines, detail.catchesUp));
    this.feed.addEventListener('state', ({ detail }) => this.#showState(detail));
  }

  #showGroup(snapshot) {
    const row = snapshot.byPath.get(this.path);
    this.gone.hidden = Boolean(row);
    setText(this.gone, `There is no group ${this.path} now. It is shown again when somebody makes it.`);
    setAttribute(this.main, 'data-gone', row ? null : '');
    if (!row) {
      return;
    }
    this.history.add(snapshot.timeMs, row);
    const facts = [[row.procs, 'process', 'processes'], [row.sockets, 'socket', 'sockets']]
      .filter(([number]) => number !== null && number !== undefined)
      .map(([number, one, many]) => `${number} ${number === 1 ? one : many}`);
    setText(this.facts, facts.join(' · ') + (row.pressure ? ' · under memory pressure' : ''));
    setAttribute(this.facts, 'data-pressure', row.pressure ? '1' : '0');
    this.group.update(row);
  }

  /** Few groups have relays: without any there is nothing to see. */
  #showRelays(rows) {
    this.relayPanel.hidden = rows.length === 0;
    this.relays.update(rows);
  }

  #showState({ state, silentMs, why, gapMs }) {
    const since = duration(Math.round(silentMs / 1000));
    const every = `every ${duration(gapMs < 900 ? gapMs / 1000 : Math.round(gapMs / 1000))}`;
    const says = {
      starting: ['starting', 'starting', ''],
      live: ['live', `live, ${every}`, ''],
      waiting: ['waiting', `nothing new for ${since}`, ''],
      missing: ['gone', 'mount gone', `${why}. The page goes on when it is back.`],
      gone: ['gone', `no answer for ${since}`,
        'The server does not answer any more. What you see is old; the page goes on when it answers.'],
    };
    showState(...says[state]);
  }

  #aside() {
    const filter = el('input', { id: 'filter', type: 'search', placeholder: 'filter groups',
      'aria-label': 'Filter groups', oninput: (event) => this.tree.setFilter(event.target.value.trim()) });
    const counters = this.group.counters.filter(({ id }) => id === 'memory' || id === 'tcp')
      .map(({ id, title }) => [id, title]);
    const which = choice('Counter in the tree', counters, this.counter.id, (id) => {
      this.counter = COUNTERS.find((counter) => counter.id === id);
      this.tree.update(this.feed.snapshot, this.feed.sparks, this.counter);
    });
    return el('aside', { class: 'panel groups', 'aria-label': 'Groups' },
      el('div', { class: 'panel-head' }, el('h2', {}, 'Groups'), this.count, counters.length > 1 ? which : null,
        filter),
      this.treeBox, this.forms?.makeGroup);
  }

  #main() {
    const panel = (title, table, note, ...more) => el('section',
      { class: `panel ${title.toLowerCase()}`, 'aria-label': title },
      el('div', { class: 'panel-head' }, el('h3', {}, title), note), table.element, ...more);
    this.relayPanel = panel('Relays', this.relays, this.relays.note);
    const traffic = this.hasOurFiles
      ? [panel('Flows', this.flows, this.flows.note, this.forms?.addFlow), this.relayPanel,
        panel('Sockets', this.sockets, this.sockets.note)]
      : [];
    const journal = traffic.length ? this.journalBox : null;
    this.main = el('div', { id: 'group', class: 'group' },
      el('div', { class: 'group-head' }, this.title, this.facts, this.forms?.removeGroup), this.gone,
      this.group.element,
      el('div', { class: 'columns' },
        el('div', {}, ...traffic), el('div', {}, this.#commandsPanel(), journal, this.faults?.element)));
    return this.main;
  }

  #commandsPanel() {
    return this.edits && el('section', { class: 'panel did', 'aria-label': 'What this page did', hidden: true },
      el('div', { class: 'panel-head' }, el('h3', {}, 'What this page did')), this.commands);
  }
}
