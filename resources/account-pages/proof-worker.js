// @ts-check
/** A thread of its own, so that typing stays smooth while it counts. */
import { solve, toPayload } from './solve.js'

/** @typedef {import('./solve.js').Challenge} Challenge */

addEventListener('message', (/** @type {MessageEvent<Challenge>} */ { data }) => {
  solve(data).then(
    (solution) => postMessage({ payload: toPayload(data, solution) }),
    () => postMessage({ payload: null }),
  )
})
