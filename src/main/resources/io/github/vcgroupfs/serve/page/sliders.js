/**
 * Controls of the what-if view: sliders over values that people would choose, each with its name, its value and its
 * unit. The keys are those of every slider: arrows, Page Up and Down, Home and End.
 */
import { el, setText } from './dom.js';

/**
 * A slider.
 *
 * @param {object} options
 * @param {string} options.id for programs
 * @param {string} options.label what it is about
 * @param {number[]} options.steps the values, rising; the last may be Infinity
 * @param {function(number): string} options.words how a value is said, with its unit
 * @param {string} [options.hint] more about it
 * @param {function(number): void} options.onchange told of each value that is chosen
 * @returns {{element: HTMLElement, set: function(number): void, allow: function(boolean): void}} the control
 */
export function slider({ id, label, steps, words, hint, onchange }) {
  const input = el('input', { type: 'range', id: `what-if-${id}`, min: 0, max: steps.length - 1, step: 1,
    'aria-describedby': hint ? `what-if-${id}-hint` : null });
  const output = el('output', { for: input.id });
  const element = el('div', { class: 'slider', 'data-field': id },
    el('label', { for: input.id }, label), output, input,
    hint ? el('p', { class: 'note', id: `what-if-${id}-hint` }, hint) : null);
  const say = (value) => {
    setText(output, words(value));
    input.setAttribute('aria-valuetext', words(value));
  };
  input.addEventListener('input', () => {
    const value = steps[Number(input.value)];
    fill(input);
    say(value);
    onchange(value);
  });
  return {
    element,
    set(value) {
      input.value = String(nearest(steps, value));
      fill(input);
      say(value);
    },
    allow(allowed) {
      input.disabled = !allowed;
      element.hidden = !allowed;
    },
  };
}

/** How far it stands to the right, for the style sheet. */
function fill(input) {
  input.style.setProperty('--filled', `${(100 * Number(input.value)) / Math.max(1, Number(input.max))}%`);
}

function nearest(steps, value) {
  const distance = (step) => Math.abs(Math.log((step + 1) / (value + 1)));
  let best = 0;
  steps.forEach((step, i) => {
    if (step === value || (steps[best] !== value && distance(step) < distance(steps[best]))) {
      best = i;
    }
  });
  return best;
}

/**
 * A list to choose from.
 *
 * @param {object} options
 * @param {string} options.id for programs
 * @param {string} options.label what it is about
 * @param {Array<[string, string]>} options.choices pairs of value and text
 * @param {function(string): void} options.onchange told of each choice
 * @returns {{element: HTMLElement, set: function(string): void, allow: function(boolean): void,
 *     offer: function(Array<[string, string]>): void}} the control
 */
export function list({ id, label, choices, onchange }) {
  const select = el('select', { id: `what-if-${id}`, onchange: () => onchange(select.value) });
  const element = el('div', { class: 'list', 'data-field': id }, el('label', { for: select.id }, label), select);
  const control = {
    element,
    offer(offered) {
      const { value } = select;
      select.replaceChildren(...offered.map(([each, text]) => el('option', { value: each }, text)));
      control.set(value);
    },
    set(value) {
      if (![...select.options].some((option) => option.value === value)) {
        select.append(el('option', { value }, value || 'none')); // not offered (yet): the server knows, or says so
      }
      select.value = value;
    },
    allow(allowed) {
      select.disabled = !allowed;
      element.hidden = !allowed;
    },
  };
  control.offer(choices);
  return control;
}

/** Rising values, so many for each power of two, in whole units: 4, 5, 6, 7, 8, 10, 12, 14, 16 … */
export function powers(from, to, each, unit) {
  const values = [];
  for (let power = from; power <= to; power *= 2) {
    for (let i = 0; i < each; i++) {
      const value = Math.round((power * (1 + i / each)) / unit) * unit;
      if (value <= to && value !== values.at(-1)) {
        values.push(value);
      }
    }
  }
  return values;
}
