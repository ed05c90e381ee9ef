/**
 * The forms of a page that may write: groups made and removed, flows added, changed and removed.
 */
import { el } from './dom.js';
import { commandForm, echoOf, field, placeOf, quoted } from './edits.js';
import { parentOf } from './tree.js';

const FLOWS = 'sim.tcp.flows';
/** What `sim.tcp.flows` takes, with what one might begin with. */
const FLOW_KEYS = [
  ['connections', '8', ['1', '8', '64']],
  ['chunk', '16K', ['1K', '16K', '64K']],
  ['send', 'max', ['max', '10M/s', '1M/s', '0']],
  ['read', 'max', ['max', '1M/s', '100K/s', '0']],
  ['rtt', '', ['1ms', '20ms', '100ms']],
  ['peer', '', ['same', 'outside']],
  ['bytes', '', ['1M', '100M']],
  ['loss', '', ['0.1%', '1%']],
  ['jitter', '', ['1ms', '5ms']],
  ['rcvbuf', '', ['auto', '64K', '1M']],
  ['sndbuf', '', ['auto', '64K', '1M']],
  ['nodelay', '', ['0', '1']],
  ['notsent_lowat', '', ['none', '16K']],
  ['reserve', '', ['0', '64K']],
];

/**
 * Makes the forms.
 *
 * @param {import('./api.js').Info} info of the server
 * @param {import('./edits.js').Edits} edits makes the changes
 * @param {function(string): void} open shows another group
 * @returns {{makeGroup: HTMLElement, removeGroup: HTMLElement, addFlow: ?HTMLElement,
 *     flowActions: function(Object<string, string>): HTMLElement, show: function(string): void}} the forms; `show`
 *     tells them which group is looked at
 */
export function makeForms(info, edits, open) {
  let group = '/';
  const hasOurFiles = info.ours && !info.strict;
  const makeGroup = makeGroupForm();
  const removeGroup = removeGroupForm();
  const flow = hasOurFiles ? flowForm() : null;

  function makeGroupForm() {
    const name = field('New group below the one shown', { name: 'group-name', placeholder: 'name', maxlength: '255' });
    const input = name.querySelector('input');
    const path = () => `${group === '/' ? '' : group}/${input.value.trim()}`;
    return commandForm({
      id: 'make-group',
      verb: () => 'Make',
      fields: [name],
      command: () => (input.value.trim() ? `mkdir ${quoted(placeOf(info.directory, path()))}` : ''),
      act: async () => {
        const made = path();
        const answer = await edits.mkdir(made);
        if (answer.ok) {
          input.value = '';
          open(made);
        }
        return answer;
      },
    });
  }

  function removeGroupForm() {
    return commandForm({
      id: 'remove-group',
      verb: () => 'Remove group',
      fields: [],
      command: () => (group === '/' ? '' : `rmdir ${quoted(placeOf(info.directory, group))}`),
      act: async () => {
        const removed = group;
        const answer = await edits.rmdir(removed);
        if (answer.ok) {
          open(parentOf(removed));
        }
        return answer;
      },
    });
  }

  function flowForm() {
    const fields = [
      field('name', { name: 'name', placeholder: 'uploads', size: '10' }),
      ...FLOW_KEYS.map(([key, value, suggestions]) => field(key, { name: key, value, size: '6' }, suggestions)),
    ];
    const inputs = new Map(fields.map((each) => [each.querySelector('input').name, each.querySelector('input')]));
    let verb = 'add';
    const command = () => {
      const name = inputs.get('name').value.trim();
      const pairs = FLOW_KEYS.map(([key]) => [key, inputs.get(key).value.trim()])
        .filter(([key, value]) => value && value !== inputs.get(key).dataset.now);
      return name ? [verb, name, ...pairs.map(([key, value]) => `${key}=${value}`)].join(' ') : '';
    };
    const form = commandForm({
      id: 'add-flow',
      verb: () => (verb === 'add' ? 'Add' : 'Change'),
      fields,
      command: () => (group !== '/' && command() ? echoOf(info.directory, group, FLOWS, command()) : ''),
      act: async () => {
        const answer = await edits.write(group, FLOWS, command());
        if (answer.ok) {
          reset();
        }
        return answer;
      },
    });
    const summary = el('summary', {}, 'Add a flow');
    const box = el('details', { class: 'more' }, summary, form);
    const reset = () => {
      verb = 'add';
      inputs.get('name').value = '';
      inputs.get('name').readOnly = false;
      inputs.forEach((input) => delete input.dataset.now);
      summary.textContent = 'Add a flow';
      form.show();
    };
    const change = (row) => {
      verb = 'set';
      inputs.forEach((input, key) => {
        input.value = /^[^–-]/.test(row[key] ?? '') ? row[key] : '';
        input.dataset.now = input.value;
      });
      inputs.get('name').readOnly = true;
      summary.textContent = `Change ${row.name}`;
      box.open = true;
      form.show();
      inputs.get('send').focus();
    };
    return { box, change, reset };
  }

  return {
    makeGroup,
    removeGroup,
    addFlow: flow?.box,
    flowActions: (row) => el('span', {},
      el('button', { type: 'button', class: 'change', onclick: () => flow.change(row) }, 'change'), ' ',
      el('button', { type: 'button', class: 'remove', onclick: () => edits.write(group, FLOWS, `remove ${row.name}`) },
        'remove')),
    show: (path) => {
      group = path;
      makeGroup.show();
      removeGroup.show();
      removeGroup.hidden = path === '/';
      flow?.reset();
      if (flow) {
        flow.box.hidden = path === '/';
      }
    },
  };
}
