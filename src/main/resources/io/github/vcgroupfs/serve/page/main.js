/**
 * The page of `vcgroupfs serve`: its header, and the views that the part of the address after `#` names.
 *
 *   #/                      live, the root group
 *   #/group/web/front       live, that group
 *   #/what-if?limit=64K     what-if.js
 *   #/story/3               story.js, step 3
 *
 * A view is a module that exports `mount(element, params)`, which fills the element and returns a function that
 * ends the view. If it also exports `update(params)`, that is called when only the parameters changed; otherwise the
 * view is ended and mounted again. Parameters are `{path: string[], query: URLSearchParams, info: Info}`.
 *
 * Hooks for tests, which stay as they are:
 *   #where, #state[data-state=starting|ready|live|waiting|gone], #alarm, #theme, nav.views a[data-view]
 *   #tree [role=treeitem][data-group]: .usage, .of, canvas.spark; [data-pressure=1]; #filter
 *   #group[data-group]: h2, .tile[data-counter]: .value, .limit, .failcnt, .most, button.edit, input
 *   .chart[data-chart=memory|window|throughput|drops][data-scale], its .chartData; [data-line] in .chart-readout
 *   #sockets, #flows: tbody tr[data-name]; #journal li[data-refused]: .errno, .why; #announcer
 *   #make-group, #remove-group, #add-flow, #faults (forms); #fault-list li; .echo (what a form would do)
 *   #commands li[data-ok]: .echo, .errno, .why (what was done)
 */
import { getJson } from './api.js';
import { warmUp } from './ask.js';
import { el, setAttribute, setText } from './dom.js';
import { wireTheme } from './theme.js';

const VIEWS = {
  '': { name: 'live', module: './live.js' },
  group: { name: 'live', module: './live.js' },
  'what-if': { name: 'what-if', module: './what-if.js' },
  story: { name: 'story', module: './story.js' },
};
const RETRY_MS = 2000;

/** Once the first view is drawn, the server may get ready for a question of another one. */
const WARM_UP_MS = 1000;

const view = document.getElementById('view');
let shown = null;
let turn = 0;

/**
 * Says in the header how it stands with the server.
 *
 * @param {'starting'|'ready'|'live'|'waiting'|'gone'} state for the colour, and for programs
 * @param {string} text for people
 * @param {string} [alarm] a sentence that must not be missed; empty: there is nothing to say
 */
export function showState(state, text, alarm = '') {
  const element = document.getElementById('state');
  element.dataset.state = state;
  setText(element, text);
  const banner = document.getElementById('alarm');
  banner.hidden = !alarm;
  setText(banner, alarm);
}

/**
 * Goes to another view or group.
 *
 * @param {string} hash as in a link: `#/group/web`
 */
export function navigate(hash) {
  location.hash = hash;
}

/** Shows what the address names, or says why that cannot be: modules of a view are fetched when it is first shown. */
async function route() {
  try {
    await follow(++turn);
  } catch (e) {
    showState('gone', 'not shown', `This cannot be shown (${e.message}). Load the page anew, or choose another view.`);
  }
}

async function follow(mine) {
  const [path, query] = location.hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const [first, ...rest] = path.split('/');
  const { name, module } = VIEWS[first] ?? VIEWS[''];
  for (const link of document.querySelectorAll('nav.views a')) {
    setAttribute(link, 'aria-current', link.dataset.view === name ? 'page' : null);
  }
  const names = rest.filter(Boolean).map(decodeURIComponent);
  const params = { path: names, query: new URLSearchParams(query), info: await info };
  const loaded = await import(module);
  if (mine !== turn) {
    return;
  }
  if (shown?.loaded === loaded && loaded.update) {
    loaded.update(params);
    return;
  }
  shown?.unmount();
  showState('ready', 'connected');
  view.replaceChildren();
  view.dataset.view = name;
  shown = { loaded, unmount: loaded.mount(view, params) };
}

/** Asks until the server answers: the page may be open before it. */
async function askInfo() {
  for (;;) {
    try {
      return await getJson('/api/info');
    } catch (e) {
      const why = e instanceof TypeError ? 'The server does not answer. The page goes on when it does.' : e.message;
      showState('gone', 'no server', why);
      await new Promise((done) => setTimeout(done, RETRY_MS));
    }
  }
}

function showWhere({ directory, ours, strict, profile, writable }) {
  const kind = ours ? `${profile ?? 'vcgroupfs'}${strict ? ' --strict' : ''}` : 'the kernel’s own';
  document.getElementById('where').replaceChildren(
    el('code', { title: 'the directory of this hierarchy' }, directory),
    el('span', { class: 'badge' }, kind),
    el('span', { class: 'badge', 'data-writable': String(Boolean(writable)) }, writable ? 'can write' : 'read-only'));
  document.title = `${directory} · vcgroupfs`;
}

wireTheme(document.getElementById('theme'));
const info = askInfo();
info.then(showWhere);
info.then(() => setTimeout(warmUp, WARM_UP_MS));
window.addEventListener('hashchange', route);
route();
