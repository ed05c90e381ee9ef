/**
 * What if: a scenario as sliders, simulated on the server in virtual time and drawn while one drags.
 *
 * Hooks for tests, which stay as they are:
 *   #what-if[data-asked][data-drawn][data-took]: numbers of the newest question, of the one that is drawn, and how many
 *     ms lay between that change and its drawing
 *   #what-if-FIELD (range or select); [data-field=FIELD] output; #what-if-compare; .preset[data-preset]
 *   .kernel[data-profile]: .sentence, [data-fact], .chart[data-chart=memory|window|throughput|losses], its .chartData
 *   #copy-line, #copy-link, #copied; #what-if-alarm
 */
import { getJson } from './api.js';
import { Asker } from './ask.js';
import { el, setText } from './dom.js';
import { bytes, duration } from './format.js';
import { commonScales, facts, OutcomeCharts } from './outcome.js';
import { showState } from './main.js';
import { PRESETS } from './presets.js';
import { fromQuery, KINDS, NONE, toLine, toLink, USUAL } from './scenario.js';
import { list, powers, slider } from './sliders.js';

const KIB = 1024;
const CHARTS = ['memory', 'window', 'throughput', 'losses'];

/**
 * While one drags, a question asks for no more work than can be done in about a tenth of a second. How much that is,
 * the answers tell. Then the whole of it is asked.
 */
const QUICK_STEPS = { least: 20_000, most: 300_000 };
const QUICK_MS = 80;
const SETTLED_MS = 250;

const size = (value) => (value === NONE ? 'none' : bytes(value));
const rate = (value) => (value === NONE ? 'full speed' : value === 0 ? 'not at all' : `${bytes(value)}/s each`);
const time = (value) => (value === 0 ? 'none' : duration(value / 1000));
const RATES = [0, ...powers(KIB, 64 * KIB ** 2, 2, KIB), NONE];
const LIMITS = [...powers(4 * KIB, KIB ** 3, 4, 4 * KIB), NONE];

const SLIDERS = [
  { id: 'limit', label: 'Limit', steps: LIMITS, words: size },
  { id: 'connections', label: 'Connections', steps: [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256],
    words: String },
  { id: 'chunk', label: 'Bytes of one send', steps: powers(64, KIB ** 2, 1, 1), words: bytes },
  { id: 'send', label: 'Programs send', steps: RATES.slice(1), words: rate },
  { id: 'read', label: 'Programs read', steps: RATES, words: rate },
  { id: 'rtt', label: 'Round trip', steps: [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000], words: time },
  { id: 'seconds', label: 'Duration', steps: [1, 2, 5, 8, 10, 12, 15, 20, 30, 45, 60, 90, 120],
    words: (value) => `${value} s` },
];
const LATER = [
  { id: 'later', label: 'Then the limit is', steps: LIMITS, words: size },
  { id: 'at', label: 'After', steps: Array.from({ length: 120 }, (_, i) => i + 1), words: (value) => `${value} s` },
];

class WhatIf {
  constructor(element, { query }) {
    this.fields = {};
    this.answers = [];
    this.asked = 0;
    this.quickSteps = QUICK_STEPS.most;
    this.asker = new Asker((answer, along) => this.#take(answer, along), (failure) => this.#fail(failure));
    this.alarm = el('p', { id: 'what-if-alarm', role: 'alert', class: 'alarm', hidden: true });
    this.results = el('div', { class: 'kernels' });
    const outcome = el('div', { class: 'outcome' }, this.alarm, this.results);
    this.root = el('div', { id: 'what-if' }, this.#controls(), outcome);
    element.append(this.root);
    this.update({ query });
  }

  /** Takes over the scenario of a link. */
  update({ query }) {
    const { scenario, unread } = fromQuery(query);
    this.scenario = scenario;
    this.#showFields();
    this.#changed();
    this.unread = unread.length
      ? `This link has what cannot be read: ${unread.join(', ')}. The usual value stands in its place.`
      : '';
    this.#say(this.unread);
  }

  /** All kernels that the server knows, once it has said which. */
  async offerKernels() {
    try {
      const { profiles } = await getJson('/api/profiles');
      const choices = profiles.map((id) => [id, id === 'lwn-2011' ? `${id}, the article` : id]);
      this.fields.profile.offer(choices);
      this.fields.other.offer([['', 'none'], ...choices]);
    } catch (failure) {
      this.#fail(failure);
    }
  }

  unmount() {
    clearTimeout(this.settling);
    cancelAnimationFrame(this.frame);
    this.asker.close();
    this.answers.forEach(({ charts }) => charts.destroy());
  }

  #controls() {
    const make = (options) => {
      const control = slider({ ...options, onchange: (value) => this.#set(options.id, value) });
      this.fields[options.id] = control;
      return control.element;
    };
    const choose = (options) => {
      const control = list({ ...options, onchange: (value) => this.#set(options.id, value) });
      this.fields[options.id] = control;
      return control.element;
    };
    this.lateBox = el('input', { type: 'checkbox', id: 'what-if-change',
      onchange: () => this.#set('later', this.lateBox.checked ? 64 * KIB ** 2 : 0) });
    this.late = el('div', { class: 'later' },
      el('label', { class: 'check', for: 'what-if-change' }, this.lateBox, 'Change the limit on the way'),
      ...LATER.map(make));
    this.copied = el('span', { id: 'copied', role: 'status', class: 'note' });
    return el('form', { class: 'panel controls', 'aria-label': 'Scenario', onsubmit: (e) => e.preventDefault() },
      el('h2', {}, 'What if …'),
      el('p', { class: 'note' }, 'Simulated in virtual time: nothing here touches your groups.'),
      el('div', { class: 'presets', role: 'group', 'aria-label': 'Examples' }, ...PRESETS.map((preset) =>
        el('button', { type: 'button', class: 'preset', 'data-preset': preset.id, title: preset.why,
          onclick: () => this.#preset(preset) }, preset.name))),
      el('fieldset', {}, el('legend', {}, 'The group and its programs'),
        choose({ id: 'kind', label: 'Programs', choices: Object.entries(KINDS).map(([id, { text }]) => [id, text]) }),
        ...SLIDERS.map(make),
        choose({ id: 'peer', label: 'Readers are', choices: [['same', 'in the same group'],
          ['outside', 'outside of the group']] }),
        this.late),
      el('fieldset', {}, el('legend', {}, 'The kernel'),
        choose({ id: 'profile', label: 'Kernel', choices: [] }),
        choose({ id: 'other', label: 'Beside it', choices: [] })),
      el('div', { class: 'copies' },
        el('button', { type: 'button', id: 'copy-line', onclick: () => this.#copy(this.line, 'The line') },
          'Copy as JSON line'),
        el('button', { type: 'button', id: 'copy-link', onclick: () => this.#copy(location.href, 'The link') },
          'Copy link'),
        this.copied),
      el('p', { class: 'note' }, 'The line gives the same numbers at a prompt: ',
        el('code', {}, 'vcgroupfs simulate')));
  }

  #preset({ fields }) {
    this.scenario = { ...USUAL, ...fields };
    this.#showFields();
    this.#changed();
  }

  #set(id, value) {
    this.scenario = { ...this.scenario, [id]: value };
    if (id === 'kind' || id === 'later') {
      this.#showFields();
    }
    this.#changed();
  }

  #showFields() {
    const { uses } = KINDS[this.scenario.kind];
    for (const [id, field] of Object.entries(this.fields)) {
      field.set(this.scenario[id]);
    }
    for (const id of ['send', 'read', 'rtt', 'peer']) {
      this.fields[id].allow(uses.includes(id));
    }
    this.late.hidden = !uses.includes('later');
    this.lateBox.checked = this.scenario.later !== 0;
    LATER.forEach(({ id }) => this.fields[id].allow(this.scenario.later !== 0));
  }

  /** Asks at once, for little work; and for all of it when nobody has moved for a moment. */
  #changed() {
    this.unread = '';
    this.#say('');
    this.asked++;
    this.root.dataset.asked = String(this.asked);
    this.#ask(false);
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.#settle(), SETTLED_MS);
  }

  #ask(whole) {
    const { profile, other, seed } = this.scenario;
    const question = { scenario: toLine(this.scenario), profiles: other ? [profile, other] : [profile], seed };
    const along = { number: this.asked, since: performance.now(), scenario: this.scenario, whole };
    this.asker.ask(whole ? question : { ...question, steps: this.quickSteps }, along);
  }

  #settle() {
    const link = toLink(this.scenario);
    if (location.hash !== link && !(location.hash === '' && link === '#/what-if')) {
      history.replaceState(null, '', link);
    }
    this.settled = this.asked;
    this.#askWhole();
  }

  /** The answer to the last change may be only the beginning of it. */
  #askWhole() {
    const { answer, along } = this.newest ?? {};
    if (along && !along.whole && along.number === this.asked && this.settled === this.asked
        && answer.answers.some((each) => each.stopped_ms !== null)) {
      this.#ask(true);
    }
  }

  #take(answer, along) {
    this.newest = { answer, along };
    this.#learn(answer, along);
    this.#say(this.unread);
    showState('live', 'ready');
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.#draw();
    });
  }

  /** How much work is quick, on this machine and now. */
  #learn({ answers }, { whole, since }) {
    if (!whole && answers.some((each) => each.stopped_ms !== null)) {
      const steps = (this.quickSteps * QUICK_MS) / (performance.now() - since);
      this.quickSteps = Math.round(Math.min(QUICK_STEPS.most, Math.max(QUICK_STEPS.least, steps)));
    }
  }

  #draw() {
    const { answer, along } = this.newest;
    this.line = answer.line;
    this.#makeRoom(answer.answers);
    const series = answer.answers.map((each) => Object.values(each.groups)[0]?.series).filter(Boolean);
    this.commonScales = series.length > 1 ? commonScales(series, this.commonScales ?? {}) : {};
    const seconds = along.scenario.seconds + (along.scenario.kind === 'drain' ? 1 : 0);
    answer.answers.forEach((each, i) => this.#drawOne(this.answers[i], each, seconds, this.commonScales));
    this.root.dataset.drawn = String(along.number);
    this.root.dataset.took = (performance.now() - along.since).toFixed(1);
    this.#askWhole();
  }

  #drawOne(place, { sentence, outcome, groups }, seconds, scales) {
    const group = Object.values(groups)[0];
    setText(place.sentence, sentence);
    if (group) {
      const numbers = outcome.outcome ? Object.values(outcome.outcome)[0] : outcome;
      place.facts.show(group.landmarks, numbers);
      place.charts.update(group.series, seconds, scales);
    }
  }

  /** A column for each kernel, made anew only if they are others than before. */
  #makeRoom(answers) {
    const wanted = answers.map(({ profile }) => profile);
    if (wanted.join() === this.answers.map(({ profile }) => profile).join()) {
      return;
    }
    this.answers.forEach(({ charts }) => charts.destroy());
    this.answers = wanted.map((profile) => {
      const sentence = el('p', { class: 'sentence', 'aria-live': wanted.length === 1 ? 'polite' : 'off' });
      const numbers = facts();
      const column = el('section', { class: 'kernel', 'data-profile': profile },
        el('div', { class: 'panel said' }, el('h2', {}, profile), sentence, numbers));
      return { profile, column, sentence, facts: numbers };
    });
    this.results.replaceChildren(...this.answers.map(({ column }) => column));
    this.results.dataset.kernels = String(wanted.length);
    for (const answer of this.answers) { // in the document, for charts ask how wide they are
      answer.charts = new OutcomeCharts(answer.column, CHARTS, 'what-if');
    }
  }

  #fail(failure) {
    this.#say(`There is no answer: ${failure.message}`);
  }

  #say(text) {
    this.alarm.hidden = !text;
    setText(this.alarm, text);
  }

  async #copy(text, what) {
    try {
      await navigator.clipboard.writeText(text);
      setText(this.copied, `${what} is copied.`);
    } catch {
      setText(this.copied, `This browser does not let the page copy. ${what}: ${text}`);
    }
  }
}

let shown = null;

/**
 * Shows the view.
 *
 * @param {HTMLElement} element what to fill
 * @param {{query: URLSearchParams, info: object}} params of the link
 * @returns {function(): void} ends it
 */
export function mount(element, params) {
  shown = new WhatIf(element, params);
  shown.offerKernels();
  return () => shown.unmount();
}

/** Another link to the same view. */
export function update(params) {
  shown.update(params);
}
