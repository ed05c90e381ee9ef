/**
 * Elements, made by hand. All text goes in as text nodes, so that a group called `<b>` is shown as `<b>`.
 */

/**
 * Makes an element.
 *
 * @param {string} tag its name
 * @param {Object<string, *>} [attributes] attributes; `on…` adds a listener, `true` sets an empty attribute, and
 *     `false`, `null` and `undefined` leave it out
 * @param {...(Node|string|null)} children nodes, or text
 * @returns {HTMLElement} the element
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * Sets the text of an element, and touches the document only if it changed.
 *
 * @param {Element} element where
 * @param {string} text what
 */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * Sets an attribute, or takes it away, and touches the document only if it changed.
 *
 * @param {Element} element where
 * @param {string} name which
 * @param {?string} value what; null: without it
 */
export function setAttribute(element, name, value) {
  if (value === null) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/**
 * A row of buttons of which one is chosen, with the keys of radio buttons.
 *
 * @param {string} label what is chosen, for those who do not see it
 * @param {Array<[string, string]>} choices pairs of value and text
 * @param {string} chosen the value to begin with
 * @param {function(string): void} onchange told of each choice
 * @returns {HTMLElement & {choose: function(string): void}} the row
 */
export function choice(label, choices, chosen, onchange) {
  const buttons = choices.map(([value, text]) =>
    el('button', { type: 'button', role: 'radio', 'data-value': value, onclick: () => pick(value, true) }, text));
  const row = el('div', { class: 'choice', role: 'radiogroup', 'aria-label': label }, ...buttons);
  row.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      event.stopPropagation();
      const at = buttons.indexOf(document.activeElement);
      const next = buttons[(at + step + buttons.length) % buttons.length];
      next.focus();
      pick(next.dataset.value, true);
    }
  });
  function pick(value, tell) {
    for (const button of buttons) {
      const on = button.dataset.value === value;
      button.setAttribute('aria-checked', String(on));
      button.tabIndex = on ? 0 : -1;
    }
    if (tell) {
      onchange(value);
    }
  }
  pick(chosen, false);
  row.choose = (value) => pick(value, false);
  return row;
}
