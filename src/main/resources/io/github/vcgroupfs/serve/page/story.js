/**
 * The story of the article from which this program comes, in six steps: each with a chart that is simulated when it is
 * opened. What the steps say and show is in `story.json`, whose claims a test checks with the simulator.
 *
 * Hooks for tests, which stay as they are: #story[data-step][data-drawn]; a[data-go=back|next]; #story-commands;
 *   .subject[data-group]: .chart[data-chart], its .chartData
 */
import { getJson } from './api.js';
import { Asker } from './ask.js';
import { el } from './dom.js';
import { showState } from './main.js';
import { OutcomeCharts } from './outcome.js';

class Story {
  constructor(element, params) {
    this.charts = [];
    this.asker = new Asker((answer, along) => this.#draw(answer, along), (failure) => this.#fail(failure));
    this.tale = el('article', { class: 'panel tale', 'aria-live': 'polite' });
    this.shown = el('div', { class: 'shown' });
    this.root = el('div', { id: 'story', class: 'story' }, this.tale, this.shown);
    element.append(this.root);
    this.keys = new AbortController();
    document.addEventListener('keydown', (event) => this.#key(event), { signal: this.keys.signal });
    this.update(params);
  }

  /** Another step. */
  async update({ path, info }) {
    this.info = info;
    try {
      this.steps ??= await getJson('/assets/story.json');
    } catch (failure) {
      this.#fail(failure);
      return;
    }
    const number = Math.min(this.steps.length, Math.max(1, Math.trunc(Number(path[0])) || 1));
    this.number = number;
    this.root.dataset.step = String(number);
    this.#tell(this.steps[number - 1]);
    const { scenario, profile } = this.steps[number - 1];
    this.asker.ask({ scenario, profiles: [profile] }, number);
  }

  unmount() {
    this.keys.abort();
    this.asker.close();
    this.#clear();
  }

  #tell(step) {
    const directory = this.info.ours && !this.info.strict ? this.info.directory : '/tmp/vcgroup';
    const commands = step.commands.map((line) => line.replaceAll('DIR', directory)).join('\n');
    this.tale.replaceChildren(
      el('p', { class: 'step' }, `Per-cgroup TCP buffer limits · step ${this.number} of ${this.steps.length}`),
      el('h1', {}, step.title),
      ...step.text.map((paragraph) => el('p', {}, paragraph.join(' '))),
      el('p', { class: 'see' }, step.look.join(' ')),
      el('h2', {}, 'Try it at a prompt'),
      el('pre', { id: 'story-commands', tabindex: 0 }, el('code', {}, commands)),
      ...(step.whatIf ? [el('p', { class: 'note' }, 'Or turn the knobs yourself: ',
        el('a', { href: step.whatIf }, step.whatIfText ?? 'this step as a what-if'))] : []),
      this.#steps());
  }

  #steps() {
    const go = (to, name, text) => (to >= 1 && to <= this.steps.length
      ? el('a', { class: 'go', href: `#/story/${to}`, 'data-go': name, rel: name === 'next' ? 'next' : 'prev' }, text)
      : el('span', {}));
    const dots = this.steps.map((step, i) => {
      const current = i + 1 === this.number ? 'step' : null;
      return el('li', {}, el('a', { href: `#/story/${i + 1}`, title: step.title, 'aria-current': current,
        'aria-label': `Step ${i + 1}: ${step.title}` }, String(i + 1)));
    });
    return el('nav', { class: 'steps', 'aria-label': 'Steps of the story' }, go(this.number - 1, 'back', '← Back'),
      el('ol', { class: 'dots' }, ...dots), go(this.number + 1, 'next', 'Next →'));
  }

  #draw(answer, number) {
    const step = this.steps[number - 1];
    if (number !== this.number) {
      return;
    }
    showState('live', 'ready');
    this.#clear();
    const [{ groups }] = answer.answers;
    const several = Object.keys(groups).length > 1;
    const places = step.shows.map(({ group, charts }) => {
      const place = el('div', { class: 'kernel subject', 'data-group': group });
      this.shown.append(place);
      return { group, charts, place };
    });
    places.forEach(({ group, charts, place }, i) => {
      const drawn = new OutcomeCharts(place, charts, 'story');
      drawn.setSubject(several ? `group ${group}` : '');
      drawn.update(groups[group].series, step.scenario.seconds);
      this.charts.push(drawn);
      place.dataset.last = String(i === places.length - 1);
    });
    const sentences = Object.entries(groups).map(([group, { sentence }]) =>
      el('p', { class: 'sentence' }, several ? el('b', {}, `${group}: `) : null, sentence));
    this.shown.prepend(el('section', { class: 'panel said', 'data-said': '' }, ...sentences));
    this.root.dataset.drawn = String(number);
  }

  #clear() {
    this.charts.forEach((charts) => charts.destroy());
    this.charts = [];
    this.shown.replaceChildren();
  }

  #fail(failure) {
    this.shown.replaceChildren(el('p', { class: 'alarm', role: 'alert' }, `There is no answer: ${failure.message}`));
  }

  /** Arrow keys turn the page, unless they are some control's. */
  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const busy = event.target.closest?.('.chart, input, select, textarea, pre, [role=radiogroup]');
    if (!step || busy || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented || !this.steps) {
      return;
    }
    const to = this.number + step;
    if (to >= 1 && to <= this.steps.length) {
      location.hash = `#/story/${to}`;
    }
  }
}

let shown = null;

/**
 * Shows the view.
 *
 * @param {HTMLElement} element what to fill
 * @param {{path: string[], info: object}} params of the link
 * @returns {function(): void} ends it
 */
export function mount(element, params) {
  shown = new Story(element, params);
  return () => shown.unmount();
}

/** Another step of the story. */
export function update(params) {
  shown.update(params);
}
