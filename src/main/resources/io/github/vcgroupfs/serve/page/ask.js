/**
 * Questions to `/api/what-if` while somebody drags. One is on its way at a time; when its answer is there, the newest
 * question follows, and those in between are left out. So a drag is drawn all the way, however fast it is.
 */
import { postJson } from './api.js';

/** An answer that takes longer is given up for a newer question. */
const PATIENCE_MS = 400;

/** One who asks. */
export class Asker {
  /**
   * @param {function(object, *): void} onanswer told of each answer, with what was given along with its question
   * @param {function(Error): void} onfailure told why there is none
   */
  constructor(onanswer, onfailure) {
    this.onanswer = onanswer;
    this.onfailure = onfailure;
    this.viewer = `${Date.now().toString(36)}-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
    this.waiting = null;
    this.running = null;
  }

  /**
   * Asks.
   *
   * @param {{scenario: object, profiles: string[]}} question what
   * @param {*} [along] comes back with the answer
   */
  ask(question, along) {
    this.waiting = { question, along };
    if (!this.running) {
      this.#send();
    } else if (performance.now() - this.running.since > PATIENCE_MS) {
      this.running.abort.abort();
    }
  }

  /** Asks no more, and tells of nothing any more. */
  close() {
    this.waiting = null;
    this.closed = true;
    this.running?.abort.abort();
  }

  async #send() {
    const { question, along } = this.waiting;
    this.waiting = null;
    const running = { abort: new AbortController(), since: performance.now() };
    this.running = running;
    try {
      const answer = await postJson('/api/what-if', { viewer: this.viewer, ...question }, running.abort.signal);
      if (!this.closed) {
        this.onanswer(answer, along);
      }
    } catch (failure) {
      if (!this.closed && !running.abort.signal.aborted) {
        this.onfailure(failure);
      }
    }
    this.running = null;
    if (this.waiting && !this.closed) {
      this.#send();
    }
  }
}

/** Has the server get ready for a first question, once a page. Nothing is lost if it does not. */
export function warmUp() {
  return postJson('/api/what-if/warm-up', {}).catch(() => null);
}
