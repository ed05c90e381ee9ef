/**
 * Questions to the server of this page, and nobody else. `docs` of the fields: the page on `serve`.
 */

/**
 * @typedef {object} Info what `/api/info` says
 * @property {string} directory of the hierarchy
 * @property {boolean} ours whether it is a mount of vcgroupfs, not of a kernel
 * @property {boolean} strict whether it has no files of ours
 * @property {?string} profile the kernel it stands for
 * @property {boolean} writable whether this page may change something
 * @property {number} intervalMs how often it is read
 * @property {Array<{id: string, unit: string, counter: boolean, help: string, known: boolean, why: ?string}>} columns
 */

/**
 * Asks for JSON.
 *
 * @param {string} path with its query
 * @returns {Promise<*>} the answer
 */
export async function getJson(path) {
  return read(await fetch(path, { headers: { Accept: 'application/json' } }));
}

/**
 * Sends JSON and asks for JSON.
 *
 * @param {string} path where to
 * @param {*} body what
 * @param {AbortSignal} [signal] to give up
 * @returns {Promise<*>} the answer
 */
export async function postJson(path, body, signal) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  return read(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body), signal }));
}

async function read(response) {
  const text = await response.text();
  if (!response.ok) {
    throw new Error(sentence(text) || `The server answered ${response.status}.`);
  }
  return JSON.parse(text);
}

/** What went wrong: the server says so as text, or as JSON with a field `error`. */
function sentence(text) {
  try {
    return JSON.parse(text).error;
  } catch {
    return text.trim();
  }
}

/**
 * The path of a group's page: `#/group/web/front`.
 *
 * @param {string} group its path, `/` for the root
 * @returns {string} what comes after the address
 */
export function groupLink(group) {
  return `#/group${group.split('/').map(encodeURIComponent).join('/')}`;
}
