/**
 * Scenarios worth a look: each a few fields that differ from the usual one.
 */
import { NONE } from './scenario.js';

const KIB = 1024;
const MIB = KIB ** 2;

export const PRESETS = [
  { id: 'slow-readers', name: 'Slow readers', why: 'Senders are three times as fast as readers: buffers fill up.',
    fields: {} },
  { id: 'too-small', name: 'Limit far too small', why: 'Less than one buffer for each connection.',
    fields: { limit: 64 * KIB, send: NONE } },
  { id: 'raised', name: 'Limit raised in time', why: 'The limit grows while senders wait for memory.',
    fields: { limit: 256 * KIB, send: NONE, later: 64 * MIB, at: 6, seconds: 12 } },
  { id: 'two-kernels', name: 'Two kernels', why: 'The same limit, by the article and by a kernel of today.',
    fields: { limit: MIB, send: NONE, other: 'linux-6.18' } },
  { id: 'long-path', name: 'Long path', why: 'A fast path of 50 ms: what is on its way takes memory, too.',
    fields: { limit: 16 * MIB, connections: 1, chunk: 64 * KIB, send: NONE, read: NONE, rtt: 50, peer: 'outside',
      seconds: 10 } },
  { id: 'nobody-reads', name: 'Nobody reads', why: 'How much fits into the buffers of a group?',
    fields: { kind: 'fill', limit: MIB, seconds: 1 } },
  { id: 'small-messages', name: 'Small messages', why: 'A buffer costs much more than the bytes in it.',
    fields: { limit: 256 * KIB, connections: 64, chunk: 128, send: 2 * KIB, read: KIB, seconds: 30 } },
  { id: 'no-limit', name: 'No limit', why: 'Without a limit nothing is counted, and nothing is held back.',
    fields: { limit: NONE } },
];
