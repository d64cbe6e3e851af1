// @ts-check

/** A failure that a person can act on: what went wrong, what it means, what to do next. */
export class Failure extends Error {
  /**
   * @param {string} what
   * @param {{ means?: string, next?: string, log?: string }} [more] log: a file whose end is shown
   */
  constructor(what, more = {}) {
    super(what)
    this.name = 'Failure'
    this.more = more
  }
}
