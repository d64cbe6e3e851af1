/**
 * `npm run guesses -- [--guesses N] [--seed S]`: so many guesses at a PIN, by an app that is killed again and again. The last line
 * on stdout is the figures as JSON. Exit codes: 0 nothing is wrong, 1 something is, and stderr says what.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { guessInLives } from './guess-lives.ts'
import { wholeNumber } from './options.ts'

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { guesses: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } } })
  const seed = wholeNumber('--seed', values.seed)
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-guesses-'))
  const startedAt = performance.now()
  try {
    const { violations, ...figures } = await guessInLives(folder, { guesses: wholeNumber('--guesses', values.guesses), seed })
    for (const violation of violations) console.error(violation)
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    console.log(JSON.stringify({ seed, ...figures, violations: violations.length, seconds, date: new Date().toISOString() }))
    return violations.length === 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

process.exitCode = await main()
