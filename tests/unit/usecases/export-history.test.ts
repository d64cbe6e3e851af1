import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import type { FileQuestion } from '../../../src/main/ports/ask-file.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import type { ExportEnd, ExportWish } from '../../../src/main/ports/exports.ts'
import { createExportHistory } from '../../../src/main/usecases/export-history.ts'
import type { NewEvent } from '../../../src/domain/events.ts'
import { everyLine } from '../../../src/domain/history/filter.ts'
import { newestFirst } from '../../../src/domain/history/order.ts'
import { begun } from '../../support/control-events.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { createFakeEventLog } from '../../support/fake-event-log.ts'
import { createFakeLedgerAccess } from '../../support/fake-ledger-access.ts'
import { asking } from '../../support/history-questions.ts'
import { householdBegun } from '../../support/household-events.ts'

const all = { format: 'csv', question: null } as const

interface Options {
  readonly events?: NewEvent[]
  readonly file?: string | null
  readonly end?: ExportEnd
  /** What happens while the box is open. */
  readonly meanwhile?: (world: { setActor(memberId: string | null): void }) => void
}

async function world({ events = [], file = '/home/ada/out.csv', end = { kind: 'written', lines: 3 }, meanwhile }: Options = {}) {
  const log = createFakeEventLog({ clock: createFakeClock(Date.parse('2026-11-25T23:30:00.000Z')) })
  for (const event of events) await log.append(() => event)
  const ledger = createFakeLedgerAccess(log)
  const questions: FileQuestion[] = []
  const written: { wish: ExportWish; file: string }[] = []
  const progress: unknown[] = []
  let actor: string | null = null
  const setActor = (memberId: string | null) => void (actor = memberId)
  const exportHistory = createExportHistory({
    actor: () => actor,
    ledger,
    clock: createFakeClock(Date.parse('2026-11-25T23:30:00.000Z')),
    systemZone: () => 'UTC',
    exports: {
      async write(wish, path, { signal, onProgress }) {
        written.push({ wish, file: path })
        onProgress({ done: 1, total: 2, lines: 1 })
        await new Promise((done) => setTimeout(done, 20))
        return signal.aborted ? { kind: 'cancelled' } : end
      },
    },
    askFile(question) {
      questions.push(question)
      meanwhile?.({ setActor })
      return Promise.resolve(file)
    },
    language: () => 'en',
    onProgress: (one) => progress.push(one),
  })
  const start = async (input: Parameters<typeof exportHistory.start>[0] = all) =>
    v.parse(launcherContract.calls['history.export'].output, await exportHistory.start(input))
  return { ...exportHistory, start, ledger, questions, written, progress, setActor }
}

describe('exporting the history', () => {
  it('asks where to and writes it there; the page learns the name of the file and not its folder', async () => {
    const { start, questions, written, progress } = await world({ events: [begun('Europe/Berlin')] })
    expect(await start()).toEqual({ kind: 'written', name: 'out.csv', lines: 3, unverified: false })
    expect(questions).toEqual([{ title: 'Export the history', name: 'tuppence-2026-11-26.csv', kind: 'CSV', extension: 'csv' }])
    expect(written).toEqual([
      {
        file: '/home/ada/out.csv',
        wish: { format: 'csv', question: { filter: everyLine, order: newestFirst, seen: null, names: {}, zone: 'Europe/Berlin' } },
      },
    ])
    expect(progress).toEqual([{ done: 1, total: 2, lines: 1 }])
  })

  it('P8 is of what whose profile is open may see, with what people are called', async () => {
    const { start, written, setActor } = await world({ events: [begun(), householdBegun()] })
    setActor('teen')
    await start({ format: 'ofx', question: asking('>5 eur', { kinds: ['pass'] }) })
    const amounts = [{ is: 'above', decimal: '5', currency: 'EUR' }]
    expect(written[0]?.wish).toMatchObject({ format: 'ofx', question: { filter: { amounts, offerKinds: ['pass'] }, seen: ['teen'], names: { guardian: 'Ada', teen: 'Cleo' } } })
  })

  it('without an open profile nothing is asked and nothing written', async () => {
    const { start, questions, written } = await world({ events: [begun(), householdBegun()] })
    expect([await start(), questions, written]).toEqual([{ kind: 'locked' }, [], []])
  })

  it.each([null, 'guardian'])('a profile that changed to %s while the box was open exports nothing', async (to) => {
    const { start, written, setActor } = await world({ events: [begun(), householdBegun()], meanwhile: (one) => one.setActor(to) })
    setActor('teen')
    expect([await start(), written]).toEqual([{ kind: 'locked' }, []])
  })

  it('who gives up in the box writes nothing', async () => {
    const { start, written } = await world({ file: null })
    expect([await start(), written]).toEqual([{ kind: 'cancelled' }, []])
  })

  it('is one at a time, and can be cancelled', async () => {
    const { start, cancel, stop } = await world()
    const first = start()
    expect(await start()).toEqual({ kind: 'busy' })
    expect(cancel()).toEqual({})
    expect(await first).toEqual({ kind: 'cancelled' })
    const second = start()
    await stop()
    expect(await second).toEqual({ kind: 'cancelled' })
    expect(await start()).toMatchObject({ kind: 'written' })
    expect(cancel()).toEqual({})
  })

  it('says what stands in the way of writing', async () => {
    const { start } = await world({ end: { kind: 'failed', problem: 'diskFull' } })
    expect(await start()).toEqual({ kind: 'failed', problem: 'diskFull' })
  })

  it('a ledger that cannot be read is said to be that, and one that could not be checked as well', async () => {
    const { start, ledger } = await world()
    ledger.setState('tampered')
    expect(await start()).toMatchObject({ kind: 'written', unverified: true })
    ledger.setLog({ ...ledger.log()!, controls: () => { throw new LogStorageError({ kind: 'damaged' }) } })
    expect(await start()).toEqual({ kind: 'failed', problem: 'ledgerUnreadable' })
    ledger.setLog(null)
    expect(await start()).toEqual({ kind: 'failed', problem: 'ledgerUnreadable' })
  })
})
