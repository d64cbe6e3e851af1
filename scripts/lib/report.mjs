// @ts-check
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { repoRoot } from './paths.mjs'

const LOG_LINES_SHOWN = 25

/** Everything goes to stderr: stdout belongs to the command that set-up was done for. */
export const say = (/** @type {string} */ line) => void process.stderr.write(`${line}\n`)

/** @param {number} ms */
export const seconds = (ms) => (ms < 9_950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`)

/**
 * @param {string} file
 * @param {number} [count]
 */
export function lastLines(file, count = LOG_LINES_SHOWN) {
  try {
    return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count)
  } catch {
    return []
  }
}

/** @param {unknown} error */
export function sayFailure(error) {
  if (!(error instanceof Failure)) {
    say(`\nUnexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return
  }
  const { means, next, log } = error.more
  say('')
  if (log !== undefined) {
    for (const line of lastLines(log)) say(`  | ${line}`)
    say('')
  }
  say(`What went wrong: ${error.message}`)
  if (means !== undefined) say(`What it means:   ${means}`)
  if (next !== undefined) say(`What to do:      ${next}`)
  if (log !== undefined) say(`Whole log:       ${path.relative(repoRoot, log)}`)
}
