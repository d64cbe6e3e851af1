/** The history index in its own thread, as the app has it. */
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewEvent } from '../../../src/domain/events.ts'
import { everyLine } from '../../../src/domain/history/filter.ts'
import { newestFirst } from '../../../src/domain/history/order.ts'
import { openExportSource } from '../../../src/main/adapters/sqlite/export-reader.ts'
import { openIndexSource } from '../../../src/main/adapters/sqlite/history-index/export-from-index.ts'
import { createLocalHistoryIndex, type KeptHistoryIndex } from '../../../src/main/adapters/sqlite/history-index/local-history-index.ts'
import { createThreadHistoryIndex } from '../../../src/main/adapters/sqlite/history-index/thread-history-index.ts'
import { afterLettingGo, logRepair } from '../../../src/main/adapters/sqlite/repair-log.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import type { HistoryQuestion } from '../../../src/main/ports/history-index.ts'
import { arbitraryFullHistory } from '../../support/arbitrary-history.ts'
import { arbitraryQuestion } from '../../support/arbitrary-questions.ts'
import { approved, countingEventIds, refunded, succeeded } from '../../support/events.ts'
import { createFakeVault } from '../../support/fake-vault.ts'
import { generateLedger } from '../../support/generated-ledger.ts'
import { tempLog, type TempLog } from '../../support/temp-log.ts'

const realWorker = fileURLToPath(new URL('../../../src/main/adapters/sqlite/history-index/history-worker.ts', import.meta.url))
const everything: HistoryQuestion = { filter: everyLine, order: newestFirst, seen: null, names: {}, zone: 'UTC' }
const bought = (...ids: readonly string[]): NewEvent[] => ids.flatMap((id) => [approved(id), succeeded(id)])

let log: TempLog
let indexFile: string
let index: KeptHistoryIndex | null = null

beforeEach(() => {
  log = tempLog()
  indexFile = join(log.folder, 'history.sqlite')
})

afterEach(async () => {
  await index?.close()
  index = null
  log.dispose()
})

const start = (workerFile = realWorker) => (index = createThreadHistoryIndex({ ledgerFile: log.file, indexFile, workerFile }))
const idsIn = async (asked: KeptHistoryIndex) => (await asked.page(everything, { offset: 0, limit: 100 })).map(({ id }) => id).sort()

describe('in a thread of its own', () => {
  it('answers with everything that the app has written, also right after', async () => {
    const history = start()
    await log.with(async (writer) => {
      for (const event of bought('a')) await writer.append(() => event)
      expect(await idsIn(history)).toEqual(['a-1'])
      await writer.append(() => refunded('a'))
      expect(await idsIn(history)).toEqual(['a-1', 'a-2'])
      expect(await history.summary(everything)).toMatchObject({ lines: 2, totals: [{ debit: 99n, credit: 99n }] })
      expect(await history.eventsOf('a')).toEqual([2, 3, 4])
      // Nobody else has written to the log: a log that others read is appended to as before.
      expect(await writer.verify()).toMatchObject({ kind: 'clean' })
    })
  })

  it('a close lets go of all files, and a later question begins again', async () => {
    await log.write(...bought('a'))
    const history = start()
    await idsIn(history)
    await history.close()
    expect(readdirSync(log.folder).sort()).toEqual(['history.sqlite', 'ledger.sqlite', 'ledger.sqlite.lock'])
    expect(await idsIn(history)).toEqual(['a-1'])
  })

  it('a close while it is made ends it', async () => {
    generateLedger(log.file, 3000)
    const history = start()
    const asked = history.summary(everything).catch((error: unknown) => error)
    await history.close()
    expect(await asked).toBeInstanceOf(LogStorageError)
    expect(history.progress()).toBeNull()
    expect((await history.summary(everything)).lines).toBeGreaterThan(2900)
  })

  it('a log that cannot be read is said as such', async () => {
    writeFileSync(log.file, 'no database at all'.repeat(1000))
    await expect(idsIn(start())).rejects.toMatchObject({ name: 'LogStorageError', problem: { kind: 'notADatabase' } })
  })

  it('a thread that dies fails what was asked, and the next question starts another one', async () => {
    await log.write(...bought('a'))
    const dying = join(log.folder, 'dying.mjs')
    writeFileSync(dying, `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1))`)
    const history = start(dying)
    await expect(idsIn(history)).rejects.toThrow(LogStorageError)
    rmSync(dying)
    writeFileSync(dying, `import ${JSON.stringify(realWorker)}`)
    expect(await idsIn(history)).toEqual(['a-1'])
  })

  it('P3 is compared with the log after all where the log could not be read for a moment', { timeout: 60_000 }, async () => {
    generateLedger(log.file, 4000)
    const made = createLocalHistoryIndex({ ledgerFile: log.file, indexFile })
    await made.trustedFile()
    await made.close()
    const history = start()
    expect(await history.trustedFile()).toBeNull()
    const aside = `${log.file}.aside`
    renameSync(log.file, aside)
    writeFileSync(log.file, 'no database at all'.repeat(1000))
    // Nobody asks until the thread has looked for itself, which it does every 25 ms.
    await new Promise((resolve) => setTimeout(resolve, 500))
    renameSync(aside, log.file)
    await expect.poll(() => history.trustedFile(), { interval: 50, timeout: 30_000 }).toBe(indexFile)
  })

  it('P3 the log is repaired after it was let go of, and the history is that of the new log', async () => {
    await log.write(...bought('a', 'b'))
    const history = start()
    expect(await idsIn(history)).toEqual(['a-1', 'b-1'])
    let letGo = 0
    const repair = afterLettingGo(logRepair({ file: log.file, vault: createFakeVault(), clock: log.clock, ids: countingEventIds() }), async () => {
      letGo += 1
      await history.close()
    })
    expect(await repair.startNew()).toMatchObject({ kind: 'restarted' })
    expect(letGo).toBe(1)
    expect(await idsIn(history)).toEqual([])
  })
})

describe('P9 an export from the index', () => {
  it('has the lines that one from the ledger has, whatever happened and whatever is asked', { timeout: 200_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFullHistory, fc.array(arbitraryQuestion, { minLength: 3, maxLength: 6 }), async (history, questions) => {
        const own = tempLog()
        const files = { ledgerFile: own.file, indexFile: join(own.folder, 'history.sqlite') }
        const made = createLocalHistoryIndex(files)
        try {
          await own.write(...history)
          expect(await made.trustedFile()).toBe(files.indexFile)
          for (const question of [everything, ...questions]) {
            const wish = { format: 'csv', question } as const
            const [quick, slow] = [openIndexSource(files, wish, 0), openExportSource(own.file, wish, 0)]
            expect(quick && [...quick.lines(() => {})]).toEqual([...slow.lines(() => {})])
            expect(quick?.entries).toBe(slow.entries)
            quick?.close()
            slow.close()
          }
        } finally {
          await made.close()
          own.dispose()
        }
      }),
      { numRuns: 30 },
    )
  })

  it('is none where the index is behind the ledger, or not there', async () => {
    await log.write(...bought('a'))
    const files = { ledgerFile: log.file, indexFile }
    const wish = { format: 'csv', question: everything } as const
    expect(openIndexSource(files, wish, 0)).toBeNull()
    const history = start()
    expect(await history.trustedFile()).toBe(indexFile)
    openIndexSource(files, wish, 0)?.close()
    await log.write(...bought('b'))
    expect(openIndexSource(files, wish, 0)).toBeNull()
    expect(await history.trustedFile()).toBe(indexFile)
    const source = openIndexSource(files, wish, 0)
    expect([...(source?.lines(() => {}) ?? [])].map(({ id }) => id)).toEqual(['a-1', 'b-1'])
    source?.close()
  })
})
