import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runExport } from '../../../src/main/adapters/export/run-export.ts'
import { createThreadExports } from '../../../src/main/adapters/export/thread-exports.ts'
import { openExportSource } from '../../../src/main/adapters/sqlite/export-reader.ts'
import type { ExportProgress, ExportWish } from '../../../src/main/ports/exports.ts'
import type { NewEvent } from '../../../src/domain/events.ts'
import { everyLine } from '../../../src/domain/history/filter.ts'
import { mayMount } from '../../fault/full-disk.ts'
import { arbitraryFullHistory } from '../../support/arbitrary-history.ts'
import { approved, chargebackReversed, chargedBack, recovered, refunded, succeeded } from '../../support/events.ts'
import { exportedFrom, parseCsv } from '../../support/export-lines.ts'
import { generateLedger } from '../../support/generated-ledger.ts'
import { tempLog, type TempLog } from '../../support/temp-log.ts'

const all: ExportWish['question'] = { filter: everyLine, seen: null, names: {}, zone: 'Europe/Berlin' }
const everything: ExportWish = { format: 'csv', question: all }
const workerFile = fileURLToPath(new URL('../../../src/main/adapters/export/export-worker.ts', import.meta.url))

let log: TempLog
let folder: string
let file: string
beforeEach(() => {
  log = tempLog()
  folder = mkdtempSync(join(tmpdir(), 'tuppence-export-'))
  file = join(folder, 'history.csv')
})
afterEach(() => {
  log.dispose()
  rmSync(folder, { recursive: true })
})

function order(wish: Partial<ExportWish> = {}) {
  return { ledgerFile: log.file, indexFile: null, file, wish: { ...everything, ...wish }, nowMs: Date.UTC(2026, 10, 30) }
}

const run = (wish?: Partial<ExportWish>, isCancelled = () => false) => runExport(order(wish), { isCancelled, onProgress: () => {} })
const rows = () => parseCsv(readFileSync(file, 'utf8'))
const purchases = (count: number): NewEvent[] => Array.from({ length: count }, (_, n) => [approved(`p${n}`), succeeded(`p${n}`)]).flat()
const eur = (amount: string) => ({ amount, currency: 'EUR' })

const source = (question: Partial<ExportWish['question']> = {}) =>
  openExportSource(log.file, { ...everything, question: { ...all, ...question } }, Date.UTC(2026, 10, 30))

function linesOf(question?: Partial<ExportWish['question']>) {
  const opened = source(question)
  try {
    return [...opened.lines(() => {})]
  } finally {
    opened.close()
  }
}

describe('what is read', () => {
  it('P9 is exactly what the events say, for histories that could have happened', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFullHistory, async (history) => {
        const own = tempLog()
        try {
          await own.write(...history)
          const opened = openExportSource(own.file, everything, 0)
          const lines = [...opened.lines(() => {})]
          opened.close()
          // The log dates its events itself; what the gateway dated is the same in both.
          const undated = (line: (typeof lines)[number]) => ({ ...line, approvedAt: '', at: /pending|notCharged/.test(line.kind) ? '' : line.at })
          expect(lines.map(undated)).toEqual(exportedFrom(history).lines.map(undated))
        } finally {
          own.dispose()
        }
      }),
      { numRuns: 15 },
    )
  })

  it('a refund finds its purchase however many came between, and one that was recovered as well', async () => {
    await log.write(approved('early'), succeeded('early'), recovered('late'), ...purchases(300), refunded('early', eur('9')), refunded('late', eur('8')))
    expect(linesOf().slice(-2)).toMatchObject([
      { kind: 'refund', purchaseId: 'early', receiptNumber: 'R-early', moved: -9n, offerKind: 'item', state: 'partlyRefunded' },
      { kind: 'refund', purchaseId: 'late', receiptNumber: 'R-late', moved: -8n, offerKind: null },
    ])
  })

  it.each(['folded into the file', 'in the write-ahead log'])('is of one moment, while the app goes on writing, with what was there before %s', async (where) => {
    if (where === 'folded into the file') await log.write(...purchases(2))
    await log.with(async (writer) => {
      if (where === 'in the write-ahead log') for (const event of purchases(2)) await writer.append(() => event)
      const opened = source()
      for (const event of [approved('later'), succeeded('later'), refunded('p0', eur('9'))]) await writer.append(() => event)
      expect([...opened.lines(() => {})].map(({ id, state }) => [id, state])).toEqual([['p0-1', 'succeeded'], ['p1-1', 'succeeded']])
      opened.close()
      expect(linesOf()).toHaveLength(4)
    })
  })

  it('is what the question asks for: a stretch of time, from its first moment to before its last', async () => {
    await log.write(approved('p'), succeeded('p'), refunded('p', eur('9')), chargedBack('p', eur('9'), '1', 3), chargebackReversed('p', '1', 4))
    const kinds = (from: string | null, before: string | null) => linesOf({ filter: { ...everyLine, from, before } }).map(({ kind }) => kind)
    expect(kinds('2026-11-24T09:00:00.000Z', '2026-11-26T09:00:00.000Z')).toEqual(['refund', 'chargeback'])
    expect(kinds('2026-11-26T09:00:00.000Z', null)).toEqual(['chargebackReversal'])
    expect(kinds(null, '2026-11-24T09:00:00.000Z')).toEqual(['charge'])
  })

  it('is only what may be seen, and whoever bought it is called by name', async () => {
    const of = (id: string, memberId: string): NewEvent[] => [approved(id, { memberId }), succeeded(id)]
    await log.write(approved('before'), succeeded('before'), ...of('a', 'adult'), ...of('t', 'teen'))
    const seen = (memberIds: readonly (string | null)[] | null) => linesOf({ seen: memberIds, names: { teen: 'Cleo' } }).map(({ purchaseId, who }) => [purchaseId, who])
    expect(seen(null)).toEqual([['before', null], ['a', null], ['t', 'Cleo']])
    expect(seen(['adult'])).toEqual([['a', null]])
    expect(seen(['teen', null])).toEqual([['before', null], ['t', 'Cleo']])
    expect(seen([])).toEqual([])
  })

  it('only the purchases that were asked for', async () => {
    await log.write(...purchases(3), refunded('p1', eur('9')))
    const ids = (purchaseIds: readonly string[]) => linesOf({ filter: { ...everyLine, purchaseIds } }).map(({ id }) => id)
    expect(ids(['p1'])).toEqual(['p1-1', 'p1-2'])
    expect(ids([])).toEqual([])
  })
})

describe('what is left on the disk', () => {
  it('is the whole file under its name, for nobody else to read, and nothing beside it', async () => {
    await log.write(...purchases(2))
    expect(run()).toEqual({ kind: 'written', lines: 2 })
    expect(rows()).toHaveLength(2)
    expect(readdirSync(folder)).toEqual(['history.csv'])
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('a file of that name is replaced by a whole one, and otherwise stays as it was', async () => {
    await log.write(...purchases(2))
    writeFileSync(file, 'as it was')
    expect(run({}, () => true)).toEqual({ kind: 'cancelled' })
    expect(readFileSync(file, 'utf8')).toBe('as it was')
    expect(run()).toEqual({ kind: 'written', lines: 2 })
    expect(rows()).toHaveLength(2)
  })

  it('after a cancel is nothing, whatever the format', async () => {
    await log.write(...purchases(200))
    for (const format of ['csv', 'jsonl', 'hledger', 'beancount', 'ofx'] as const) {
      let pages = 0
      expect(run({ format }, () => (pages += 1) > 2)).toEqual({ kind: 'cancelled' })
      expect(readdirSync(folder)).toEqual([])
    }
  })

  it('where it may not be written is said, and nothing is left', async () => {
    await log.write(...purchases(1))
    mkdirSync(file)
    expect(run()).toEqual({ kind: 'failed', problem: 'isFolder' })
    file = join(folder, 'nowhere', 'history.csv')
    expect(run()).toEqual({ kind: 'failed', problem: 'noFolder' })
    file = join(folder, 'x'.repeat(254))
    expect(run()).toEqual({ kind: 'failed', problem: 'notWritten' })
    expect(readdirSync(folder)).toEqual(['history.csv'])
  })

  // The administrator may write everywhere but here.
  it.skipIf(process.platform !== 'linux')('without the right to write, that is said', async () => {
    await log.write(...purchases(1))
    file = '/sys/tuppence-history.csv'
    expect(run()).toEqual({ kind: 'failed', problem: 'notAllowed' })
    expect(existsSync(file)).toBe(false)
  })

  it.skipIf(!mayMount())('when the disk is full, that is said, and what was there stays', async () => {
    await log.write(...purchases(300))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48k', 'tuppence-export', folder])
    try {
      writeFileSync(file, 'as it was')
      expect(run({ format: 'jsonl' })).toEqual({ kind: 'failed', problem: 'diskFull' })
      expect(readdirSync(folder)).toEqual(['history.csv'])
      expect(readFileSync(file, 'utf8')).toBe('as it was')
    } finally {
      execFileSync('umount', [folder])
    }
  })

  it('a ledger that cannot be read leaves nothing', async () => {
    writeFileSync(log.file, 'no database at all'.repeat(1000))
    expect(run()).toEqual({ kind: 'failed', problem: 'ledgerUnreadable' })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('in a thread of its own', () => {
  const exports = () => createThreadExports({ ledgerFile: log.file, workerFile, clock: { now: () => Date.UTC(2026, 10, 30) } })

  it('writes the file and tells how far it is', async () => {
    await log.write(...purchases(100))
    const told: ExportProgress[] = []
    const end = await exports().write(everything, file, { signal: new AbortController().signal, onProgress: (progress) => told.push(progress) })
    expect(end).toEqual({ kind: 'written', lines: 100 })
    expect(told[0]).toMatchObject({ total: 201 })
    expect(rows()[0]?.Date).toBe('2026-11-23T10:00:01.000+01:00')
  })

  it('a cancel in the middle ends it, and leaves what was there', async () => {
    generateLedger(log.file, 20_000)
    writeFileSync(file, 'as it was')
    const cancel = new AbortController()
    const end = await exports().write(everything, file, { signal: cancel.signal, onProgress: () => cancel.abort() })
    expect(end).toEqual({ kind: 'cancelled' })
    expect(readdirSync(folder)).toEqual(['history.csv'])
    expect(readFileSync(file, 'utf8')).toBe('as it was')
  })

  it('one that was cancelled before it began writes nothing', async () => {
    await log.write(...purchases(1))
    expect(await exports().write(everything, file, { signal: AbortSignal.abort(), onProgress: () => {} })).toEqual({ kind: 'cancelled' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('a thread that dies is an error, and leaves nothing', async () => {
    const dying = join(folder, 'dying.mjs')
    writeFileSync(dying, `import { writeFileSync } from 'node:fs'; import { workerData } from 'node:worker_threads'
      writeFileSync(workerData.order.file + '.tuppence-part', 'half'); throw new Error('died')`)
    const broken = createThreadExports({ ledgerFile: log.file, workerFile: dying, clock: { now: () => 0 } })
    await expect(broken.write(everything, file, { signal: new AbortController().signal, onProgress: () => {} })).rejects.toThrow('died')
    expect(readdirSync(folder)).toEqual(['dying.mjs'])
  })
})

it('P9 needs no more memory at the end of 40,000 purchases than after a tenth of them', { timeout: 600_000 }, async () => {
  generateLedger(log.file, 40_000)
  const child = fileURLToPath(new URL('../../support/children/export-heap.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [child, log.file, file])
  const { end, used } = JSON.parse(stdout) as { end: { lines: number }; used: [number, number] }
  expect(end).toMatchObject({ kind: 'written' })
  expect(end.lines).toBeGreaterThan(40_000)
  expect(used[1] / used[0]).toBeLessThan(1.2)
})
