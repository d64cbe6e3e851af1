/** Guessing at a PIN with the real log, the real hash and real processes, which are killed at any moment. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginGuessing, guessInLives, linesOf, live } from '../../crash/guess-lives.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tuppence-guesses-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('P8 somebody who guesses at a PIN', () => {
  it('gets no more tries than the lock-out allows by killing the app, waiting without it, or setting the clock', { timeout: 180_000 }, async () => {
    const { violations, ...figures } = await guessInLives(folder, { guesses: 60, seed: 5 })
    expect(violations).toEqual([])
    expect(figures.kills).toBeGreaterThan(0)
    expect(figures.comparisons).toBeGreaterThan(5)
    expect(figures.comparisons).toBeLessThan(figures.guesses)
  })

  it('gets none by putting back the ledger from before', async () => {
    await beginGuessing(folder)
    const files = ['ledger.sqlite', 'ledger.sqlite-wal']
    for (const name of files) if (existsSync(join(folder, name))) cpSync(join(folder, name), join(folder, `${name}.before`))
    expect((await live(folder, 2, 3, null)).told).toEqual(['wrong', 'wrong', 'wrong'])
    for (const name of files) {
      rmSync(join(folder, name), { force: true })
      if (existsSync(join(folder, `${name}.before`))) cpSync(join(folder, `${name}.before`), join(folder, name))
    }
    expect((await live(folder, 2, 3, null)).told).toEqual(['unavailable', 'unavailable', 'unavailable'])
    expect(linesOf(folder, 'comparisons')).toHaveLength(3)
  })
})
