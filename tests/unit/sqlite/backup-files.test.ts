import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backupName, backupsIn, outdated, parseBackupName } from '../../../src/main/adapters/sqlite/backup-files.ts'
import type { Backup } from '../../../src/main/ports/backups.ts'

const backup = (at: string, seq: number, beforeVersion: number | null = null): Backup => {
  const named = { at, seq, beforeVersion }
  return { name: backupName(named), ...named, bytes: 1 }
}

/** The days that are kept of backups made on these days, one after the other. */
function keptOf(...backups: Backup[]): string[] {
  const newestFirst = [...backups].reverse()
  const gone = outdated(newestFirst)
  return newestFirst.filter((each) => !gone.includes(each)).map(({ at, seq }) => `${at.slice(0, 10)} ${seq}`)
}

describe('the name of a backup', () => {
  it.each([
    [backup('2026-11-24T02:01:30.123Z', 12), 'ledger-20261124T020130123Z-12.sqlite'],
    [backup('2026-11-24T02:01:30.000Z', 7, 2), 'ledger-20261124T020130000Z-7-before-v2.sqlite'],
  ])('says when it was made and what is in it', ({ name, at, seq, beforeVersion }, expected) => {
    expect(name).toBe(expected)
    expect(parseBackupName(name)).toEqual({ at, seq, beforeVersion })
  })

  it.each(['ledger.sqlite', 'ledger-20261124T020130123Z-12.sqlite.part', 'ledger-2026-12.sqlite', 'x-ledger-20261124T020130123Z-12.sqlite'])(
    'is not %s',
    (name) => expect(parseBackupName(name)).toBeNull(),
  )
})

describe('the backups in a folder', () => {
  it('come with the most events first, and of as many the newest', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tuppence-backups-'))
    const day = (number: number) => `2026-11-0${number}T02:00:00.000Z`
    const [first, second, third, wrong] = [backup(day(1), 5), backup(day(2), 12), backup(day(3), 12), backup(day(9), 4)]
    for (const { name } of [second, wrong, third, first]) writeFileSync(join(folder, name), '1')
    writeFileSync(join(folder, 'notes.txt'), '1')
    expect(backupsIn(folder)).toEqual([third, second, first, wrong])
    rmSync(folder, { recursive: true })
  })

  it('are none where there is no folder', () => {
    expect(backupsIn(join(tmpdir(), 'tuppence-no-such-folder'))).toEqual([])
  })
})

describe('P3 of all backups', () => {
  it('the newest of each of the seven newest days is kept', () => {
    const all = Array.from({ length: 20 }, (_, day) => [1, 2].map((turn) => backup(`2026-11-${String(day + 1).padStart(2, '0')}T0${turn}:00:00.000Z`, day * 2 + turn)))
    expect(keptOf(...all.flat())).toEqual(['20 40', '19 38', '18 36', '17 34', '16 32', '15 30', '14 28'].map((line) => `2026-11-${line}`))
  })

  it('the newest of each of the twelve newest months is kept', () => {
    const months = Array.from({ length: 14 }, (_, month) => new Date(Date.UTC(2025, month, 3)).toISOString())
    const all = months.flatMap((at, month) => [backup(at, month * 2 + 1), backup(at.replace('-03T', '-20T'), month * 2 + 2)])
    const kept = keptOf(...all)
    // 2026-02 counts with both of its days, as do the two months before: seven days in all.
    expect(kept.filter((line) => line.includes('-20 ')).map((line) => line.slice(0, 7))).toEqual(
      months.map((at) => at.slice(0, 7)).reverse().slice(0, 12),
    )
    expect(kept.filter((line) => line.includes('-03 '))).toEqual(['2026-02-03 27', '2026-01-03 25', '2025-12-03 23'])
  })

  it('one that was made while the clock was wrong takes no place from one with newer events', () => {
    const wrong = Array.from({ length: 7 }, (_, day) => backup(`2031-01-0${day + 1}T00:00:00.000Z`, day + 1))
    const right = Array.from({ length: 7 }, (_, day) => backup(`2026-11-0${day + 1}T00:00:00.000Z`, day + 8))
    const kept = keptOf(...wrong, ...right)
    expect(kept.slice(0, 7)).toEqual(['07 14', '06 13', '05 12', '04 11', '03 10', '02 9', '01 8'].map((line) => `2026-11-${line}`))
  })

  it('the newest from before each change of the schema is kept, and takes no place from the others', () => {
    const old = [backup('2020-01-01T00:00:00.000Z', 3, 2), backup('2020-01-02T00:00:00.000Z', 4, 2), backup('2020-01-03T00:00:00.000Z', 5, 3)]
    const days = Array.from({ length: 7 }, (_, day) => backup(`2026-11-0${day + 1}T00:00:00.000Z`, day + 8))
    expect(keptOf(...old, ...days)).toHaveLength(9)
    expect(keptOf(...old, ...days).slice(-2)).toEqual(['2020-01-03 5', '2020-01-02 4'])
    const sameDay = backup('2026-11-07T12:00:00.000Z', 15, 4)
    expect(keptOf(...days, sameDay).slice(0, 2)).toEqual(['2026-11-07 15', '2026-11-07 14'])
  })
})
