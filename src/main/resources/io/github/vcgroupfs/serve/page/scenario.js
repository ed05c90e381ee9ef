/**
 * The scenario of the what-if view: its fields, how they stand in a link, and the line of `simulate` that they make.
 * Plain values in, plain values out.
 */

const KIB = 1024;
const SIZES = { K: KIB, M: KIB ** 2, G: KIB ** 3 };

/** No limit, no end of a rate: written as the word. */
export const NONE = Infinity;

/** What the programs at the connections do. */
export const KINDS = {
  flow: { text: 'send and read', uses: ['send', 'read', 'rtt', 'peer', 'later'] },
  fill: { text: 'fill: nobody reads', uses: [] },
  drain: { text: 'drain: fill, then read', uses: [] },
  stream: { text: 'stream: read in steps', uses: ['read'] },
};

/** The scenario that one begins with. */
export const USUAL = Object.freeze({
  kind: 'flow', limit: 2 << 20, connections: 8, chunk: 16 << 10, send: 600 * KIB, read: 200 * KIB, rtt: 0,
  peer: 'same', later: 0, at: 12, seconds: 20, profile: 'lwn-2011', other: '', seed: 0,
});

/** A size as the files take it: 262144 is `256K`. */
export function sizeWord(bytes) {
  for (const unit of ['G', 'M', 'K']) {
    if (bytes >= SIZES[unit] && bytes % SIZES[unit] === 0) {
      return `${bytes / SIZES[unit]}${unit}`;
    }
  }
  return String(bytes);
}

/** What a word for a size stands for; null: it is none. */
export function sizeOf(word) {
  const parts = /^(\d{1,15})([KMG]?)$/i.exec(word.trim());
  return parts ? Number(parts[1]) * (SIZES[parts[2].toUpperCase()] ?? 1) : null;
}

const number = (least, most) => ({
  write: String,
  read: (word) => {
    const value = Number(word);
    return word.trim() !== '' && value >= least && value <= most ? value : null;
  },
});
const size = (least, most, none) => ({
  write: (value) => (value === NONE ? none : sizeWord(value)),
  read: (word) => {
    if (none && word === none) {
      return NONE;
    }
    const bytes = sizeOf(word);
    return bytes !== null && bytes >= least && bytes <= most ? bytes : null;
  },
});
const rate = {
  write: (value) => (value === NONE ? 'max' : value === 0 ? '0' : `${sizeWord(value)}/s`),
  read: (word) => {
    if (word === 'max') {
      return NONE;
    }
    const bytes = sizeOf(word.replace(/\/s$/, ''));
    return bytes !== null && bytes <= KIB ** 4 ? bytes : null;
  },
};
const withUnit = (unit, inner) => ({
  write: (value) => `${inner.write(value)}${unit}`,
  read: (word) => inner.read(word.endsWith(unit) ? word.slice(0, -unit.length) : word),
});
const text = (allowed) => ({ write: String, read: (word) => (allowed.test(word) ? word : null) });

/** How each field stands in a link. */
const FIELDS = {
  kind: text(/^(flow|fill|drain|stream)$/),
  limit: size(0, 2 ** 50, 'none'),
  connections: number(1, 256),
  chunk: size(1, 16 << 20),
  send: rate,
  read: rate,
  rtt: withUnit('ms', number(0, 10000)),
  peer: text(/^(same|outside)$/),
  later: size(0, 2 ** 50, 'none'),
  at: withUnit('s', number(0, 120)),
  seconds: number(0.1, 120),
  profile: text(/^[a-z0-9.-]{1,30}$/),
  other: text(/^[a-z0-9.-]{0,30}$/),
  seed: number(0, 2 ** 53),
};

/**
 * The scenario of a link. What is not in it, or cannot be read, is as in {@link USUAL}.
 *
 * @param {URLSearchParams} query what follows the question mark
 * @returns {{scenario: object, unread: string[]}} the scenario, and the words that could not be read
 */
export function fromQuery(query) {
  const scenario = { ...USUAL };
  const unread = [];
  for (const [key, field] of Object.entries(FIELDS)) {
    const word = query.get(key);
    if (word !== null) {
      const value = field.read(word);
      if (value === null) {
        unread.push(`${key}=${word}`);
      } else {
        scenario[key] = value;
      }
    }
  }
  return { scenario, unread };
}

/**
 * The link of a scenario: only what differs from {@link USUAL}.
 *
 * @param {object} scenario its fields
 * @returns {string} `#/what-if?limit=64K`
 */
export function toLink(scenario) {
  const words = Object.entries(FIELDS)
    .filter(([key]) => scenario[key] !== USUAL[key])
    .map(([key, field]) => `${key}=${encodeURIComponent(field.write(scenario[key])).replaceAll('%2F', '/')}`);
  return words.length ? `#/what-if?${words.join('&')}` : '#/what-if';
}

/**
 * The fields of a line of `simulate`.
 *
 * @param {object} scenario its fields here
 * @returns {object} its fields there
 */
export function toLine(scenario) {
  return scenario.kind === 'flow' ? freeLine(scenario) : pollLine(scenario);
}

function freeLine({ limit, connections, chunk, send, read, rtt, peer, later, at, seconds }) {
  const words = [`connections=${connections}`, `chunk=${sizeWord(chunk)}`, `send=${rate.write(send)}`,
    `read=${rate.write(read)}`];
  if (rtt > 0) {
    words.push(`rtt=${rtt}ms`);
  }
  if (peer !== 'same') {
    words.push(`peer=${peer}`);
  }
  const steps = [];
  if (limit !== NONE) {
    steps.push({ limit });
  }
  steps.push({ flows: `add upload ${words.join(' ')}` });
  if (later !== 0 && at < seconds) {
    steps.push({ at_ms: Math.round(at * 1000), limit: later === NONE ? -1 : later });
  }
  return { name: 'what-if', kind: 'free', seconds, groups: ['web'], steps };
}

function pollLine({ kind, limit, connections, chunk, read, seconds }) {
  const line = { name: 'what-if', kind, limit: limit === NONE ? -1 : limit, connections, chunk, seconds };
  if (kind === 'stream') {
    // So many reads of that size a second as make the rate; at full speed a big one each millisecond.
    line.read_chunk = read === NONE ? KIB ** 2 : chunk;
    line.read_every_ms = read === NONE ? 1 : read === 0 ? 1e9 : Math.max(0.001, (chunk * 1000) / read);
  }
  return line;
}
