/**
 * Dark, light, or what the system says. Charts listen to `themechange` on the document and draw anew.
 */
import { setText } from './dom.js';

const NAMES = { system: '◐ auto', light: '○ light', dark: '● dark' };

/**
 * Makes a button go round the themes, and keeps the choice in this browser.
 *
 * @param {HTMLButtonElement} button the button
 */
export function wireTheme(button) {
  const order = Object.keys(NAMES);
  let theme = NAMES[localStorage.getItem('theme')] ? localStorage.getItem('theme') : 'system';
  const show = () => {
    document.documentElement.dataset.theme = theme;
    setText(button, NAMES[theme]);
    button.setAttribute('aria-label', `${NAMES[theme]}: colours`);
    document.dispatchEvent(new Event('themechange'));
  };
  button.addEventListener('click', () => {
    theme = order[(order.indexOf(theme) + 1) % order.length];
    localStorage.setItem('theme', theme);
    show();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  show();
}
