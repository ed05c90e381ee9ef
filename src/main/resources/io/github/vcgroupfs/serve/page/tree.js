/**
 * The tree of groups. Only the rows that can be seen are in the document, so thousands of groups cost no more than
 * thirty. The keys are those of a tree: arrows, Home, End, Page Up and Down; Enter or Space opens a group.
 */
import { fullness, howFull } from './counters.js';
import { el, setAttribute, setText } from './dom.js';
import { bytes } from './format.js';
import { drawSpark } from './spark.js';

const ROW_PX = 30;
/** Rows beyond the edge, so that scrolling shows no gaps. */
const MARGIN = 6;
const INDENT_PX = 14;
/** A tree of more groups is shown with its upper levels only, to begin with. */
const OPEN_UP_TO = 200;

/** The tree. */
export class GroupTree {
  /**
   * @param {HTMLElement} element where; it scrolls
   * @param {function(string): void} onopen told of the group that is to be shown
   */
  constructor(element, onopen) {
    this.element = element;
    this.onopen = onopen;
    this.space = el('div', { role: 'none', class: 'tree-space' });
    this.rows = new Map();
    this.visible = [];
    this.closed = null;
    this.active = '/';
    this.selected = null;
    this.filter = '';
    element.replaceChildren(this.space);
    element.addEventListener('scroll', () => this.#render());
    element.addEventListener('keydown', (event) => this.#key(event));
    this.resizes = new ResizeObserver(() => this.#render());
    this.resizes.observe(element);
  }

  /**
   * Shows new numbers.
   *
   * @param {import('./feed.js').Snapshot} snapshot of all groups, in the order of the tree
   * @param {Map<string, import('./feed.js').GroupRow[]>} sparks the last rows of each
   * @param {import('./counters.js').Counter} counter which is shown
   */
  update(snapshot, sparks, counter) {
    this.snapshot = snapshot;
    this.sparks = sparks;
    this.counter = counter;
    this.closed ??= new Set(snapshot.groups.length > OPEN_UP_TO
      ? snapshot.groups.map((row) => row.path).filter((path) => path !== '/') : []);
    this.#layOut();
  }

  /**
   * Marks the group that is shown, and brings it into view.
   *
   * @param {string} path which
   */
  select(path) {
    this.selected = path;
    this.active = path;
    for (let above = parentOf(path); above !== '/'; above = parentOf(above)) {
      this.closed?.delete(above);
    }
    this.#layOut();
    this.#reveal();
  }

  /**
   * Shows only groups whose path has a text in it.
   *
   * @param {string} text the text; empty: all
   */
  setFilter(text) {
    this.filter = text.toLowerCase();
    this.#layOut();
  }

  /** Ends it. */
  destroy() {
    this.resizes.disconnect();
  }

  #layOut() {
    if (!this.snapshot) {
      return;
    }
    const groups = this.snapshot.groups;
    this.visible = this.filter
      ? groups.filter((row) => row.path.toLowerCase().includes(this.filter)).map((row) => entry(row, 0, false))
      : this.#unfolded(groups);
    if (!this.visible.some((each) => each.row.path === this.active)) {
      this.active = this.visible[0]?.row.path;
    }
    this.space.style.height = `${this.visible.length * ROW_PX}px`;
    this.#render();
  }

  /** The groups above which all are open, each with its place among its siblings. */
  #unfolded(groups) {
    const list = [];
    const siblings = new Map();
    let below = null;
    groups.forEach((row, i) => {
      const parent = row.path === '/' ? '' : parentOf(row.path);
      if (below !== null && row.path.startsWith(below)) {
        return;
      }
      below = null;
      const hasChildren = i + 1 < groups.length && groups[i + 1].path.startsWith(inside(row.path));
      if (hasChildren && this.closed.has(row.path)) {
        below = inside(row.path);
      }
      const among = siblings.get(parent) ?? [];
      siblings.set(parent, among);
      const each = entry(row, depthOf(row.path), hasChildren);
      among.push(each);
      each.position = among.length;
      each.siblings = among;
      list.push(each);
    });
    return list;
  }

  #render() {
    const first = Math.max(0, Math.floor(this.element.scrollTop / ROW_PX) - MARGIN);
    const count = Math.ceil(this.element.clientHeight / ROW_PX) + 2 * MARGIN;
    const wanted = new Map();
    this.visible.forEach((each, i) => {
      // The active row stays in the document: it may have the focus.
      if ((i >= first && i < first + count) || each.row.path === this.active) {
        wanted.set(each.row.path, i);
      }
    });
    for (const [path, element] of this.rows) {
      if (!wanted.has(path)) {
        element.remove();
        this.rows.delete(path);
      }
    }
    wanted.forEach((i, path) => this.#fill(this.rows.get(path) ?? this.#newRow(path), this.visible[i], i));
  }

  #newRow(path) {
    const twisty = el('span', { class: 'twisty', 'aria-hidden': 'true', onclick: (event) => {
      event.stopPropagation();
      this.#fold(path);
    } });
    const row = el('div', { class: 'row', role: 'treeitem', 'data-group': path, onclick: () => this.#open(path) },
      twisty, el('span', { class: 'name' }), el('span', { class: 'flag' }),
      el('canvas', { class: 'spark', 'aria-hidden': 'true' }),
      el('span', { class: 'usage' }), el('span', { class: 'of' }, el('span', { class: 'fill' })));
    this.rows.set(path, row);
    this.space.append(row);
    return row;
  }

  #fill(element, { row, depth, hasChildren, position, siblings }, index) {
    const [twisty, name, flag, spark, usage, of] = element.children;
    const path = row.path;
    element.style.transform = `translateY(${index * ROW_PX}px)`;
    element.style.paddingLeft = `${6 + depth * INDENT_PX}px`;
    element.tabIndex = path === this.active ? 0 : -1;
    const open = hasChildren && !this.closed.has(path);
    setAttribute(element, 'aria-level', String(depth + 1));
    setAttribute(element, 'aria-posinset', String(position ?? index + 1));
    setAttribute(element, 'aria-setsize', String(siblings?.length ?? this.visible.length));
    setAttribute(element, 'aria-expanded', hasChildren ? String(open) : null);
    setAttribute(element, 'aria-selected', String(path === this.selected));
    setAttribute(element, 'data-pressure', row.pressure ? '1' : '0');
    setText(twisty, hasChildren ? (open ? '▾' : '▸') : '');
    setText(name, this.filter || path === '/' ? path : path.slice(path.lastIndexOf('/') + 1));
    setAttribute(name, 'title', path);
    setText(flag, row.pressure ? 'pressure' : '');
    setText(usage, bytes(row[this.counter.usage]));
    const full = fullness(row, this.counter);
    const limit = row[this.counter.limit];
    setAttribute(of, 'title', Number.isFinite(limit) ? `of ${bytes(limit)}` : 'no limit');
    setAttribute(of, 'data-full', Number.isFinite(limit) ? howFull(full) : 'none');
    of.firstElementChild.style.width = `${full * 100}%`;
    drawSpark(spark, (this.sparks.get(path) ?? []).map((each) => each[this.counter.usage]));
  }

  #key(event) {
    const at = this.visible.findIndex((each) => each.row.path === this.active);
    if (at < 0) {
      return;
    }
    const { row, hasChildren } = this.visible[at];
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW_PX) - 1);
    const actions = {
      ArrowDown: () => this.#goTo(at + 1),
      ArrowUp: () => this.#goTo(at - 1),
      PageDown: () => this.#goTo(at + page),
      PageUp: () => this.#goTo(at - page),
      Home: () => this.#goTo(0),
      End: () => this.#goTo(this.visible.length - 1),
      ArrowRight: () => (hasChildren && this.closed.has(row.path) ? this.#fold(row.path)
        : hasChildren ? this.#goTo(at + 1) : null),
      ArrowLeft: () => (hasChildren && !this.closed.has(row.path) ? this.#fold(row.path)
        : this.#goTo(this.visible.findIndex((each) => each.row.path === parentOf(row.path)))),
      Enter: () => this.#open(row.path),
      ' ': () => this.#open(row.path),
    };
    if (actions[event.key]) {
      event.preventDefault();
      actions[event.key]();
    }
  }

  #goTo(index) {
    if (index === -1 && this.filter) {
      return;
    }
    this.active = this.visible[Math.min(this.visible.length - 1, Math.max(0, index))].row.path;
    this.#reveal();
    this.rows.get(this.active)?.focus({ preventScroll: true });
  }

  #reveal() {
    const at = this.visible.findIndex((each) => each.row.path === this.active);
    const top = at * ROW_PX;
    const { scrollTop, clientHeight } = this.element;
    if (at >= 0 && (top < scrollTop || top + ROW_PX > scrollTop + clientHeight)) {
      this.element.scrollTop = top < scrollTop ? top : top + ROW_PX - clientHeight;
    }
    this.#render();
  }

  #fold(path) {
    if (!this.closed.delete(path)) {
      this.closed.add(path);
    }
    this.#layOut();
  }

  #open(path) {
    this.active = path;
    this.#render();
    this.onopen(path);
  }
}

function entry(row, depth, hasChildren) {
  return { row, depth, hasChildren };
}

/** The path of the group above. */
export function parentOf(path) {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

function inside(path) {
  return path === '/' ? '/' : `${path}/`;
}

function depthOf(path) {
  return path === '/' ? 0 : path.split('/').length - 1;
}
