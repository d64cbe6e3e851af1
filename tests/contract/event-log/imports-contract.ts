/** What every EventLog keeps of imports, and how they count against limits. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewEvent } from '../../../src/domain/events.ts'
import { linesOf } from '../../../src/domain/history/line.ts'
import { judge } from '../../../src/domain/limits.ts'
import type { EventLog } from '../../../src/main/ports/event-log.ts'
import { begun, limitOf, tightened } from '../../support/control-events.ts'
import { approved, succeeded } from '../../support/events.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { createFakeVault } from '../../support/fake-vault.ts'
import { householdBegun } from '../../support/household-events.ts'
import { importedRow, importMade, importUndone } from '../../support/import-events.ts'
import type { OpenSubject, Subject } from './event-log-contract.ts'

export function describeImportsOf(name: string, open: OpenSubject): void {
  let subject: Subject
  let log: EventLog

  beforeEach(async () => {
    subject = await open(createFakeClock(), createFakeVault())
    log = subject.log
  })
  afterEach(() => subject.dispose())

  async function appendAll(...events: NewEvent[]): Promise<void> {
    for (const event of events) await log.append(() => event)
  }
  const clean = async () => expect(await log.verify()).toMatchObject({ kind: 'clean' })
  const spent = () => log.usageSince(0).map((line) => [new Date(line.atMs).toISOString(), line.sellerId, line.memberId, line.currency, line.spent])

  describe(`${name}: imports`, () => {
    it('P3 are in the log with all their rows, and verify', async () => {
      const rows = Array.from({ length: 500 }, (_, index) => importedRow(index + 1))
      await appendAll(importMade({ parts: 2, rows }), importMade({ part: 2, parts: 2, rows: [importedRow(501)] }))
      expect(linesOf(log.events())).toHaveLength(501)
      expect(log.family().imports).toMatchObject([{ importId: 'import-1', partsThere: 2, isUndone: false }])
      expect([log.postings(), log.purchases()]).toEqual([[], []])
      await clean()
    })

    it('are out of the history once undone, and stay in the log', async () => {
      await appendAll(importMade(), importMade({ importId: 'import-2', rows: [importedRow(1, { item: 'Kept' })] }), importUndone())
      expect(linesOf(log.events()).map(({ item }) => item)).toEqual(['Kept'])
      expect([...log.events()].map(({ type }) => type)).toEqual(['log.opened', 'import.made', 'import.made', 'import.undone'])
      await clean()
    })

    it('that may not be leave nothing behind', async () => {
      await appendAll(begun(), householdBegun())
      await expect(appendAll(importMade({ memberId: 'nobody' }, 'guardian'))).rejects.toThrow(RangeError)
      await expect(appendAll(importMade({ memberId: 'guardian' }, 'teen'))).rejects.toThrow(RangeError)
      await expect(appendAll(importMade())).rejects.toThrow(RangeError)
      await expect(appendAll(importMade({ memberId: 'teen', rows: [importedRow(1, { amount: { amount: '0', currency: 'EUR' } })] }))).rejects.toThrow(RangeError)
      expect([log.head()?.seq, log.usageSince(0), log.family().imports]).toEqual([3, [], undefined])
      await appendAll(importMade({ memberId: 'teen' }, 'guardian'))
      await expect(appendAll(importUndone('import-1', 'adult'))).rejects.toThrow(RangeError)
      await appendAll(importUndone('import-1', 'teen'))
      await clean()
    })
  })

  describe(`${name}: what was imported and counts`, () => {
    it('P4 is each charge in full, at its own time, at its own seller, for its member, and no refund', async () => {
      await appendAll(begun(), householdBegun())
      const rows = [
        importedRow(1, { at: '2026-11-20T18:14:59.999Z' }),
        importedRow(2, { at: '2026-11-20T18:00:00.000Z' }),
        importedRow(3, { kind: 'refund', of: 1, amount: { amount: '499', currency: 'EUR' } }),
        importedRow(4, { payee: 'Some Shop' }),
        importedRow(5, { amount: { amount: '1000', currency: 'JPY' } }),
      ]
      await appendAll(importMade({ memberId: 'teen', rows }))
      expect(spent()).toEqual([
        ['2026-11-20T18:00:00.000Z', 'elsewhere:steam:some-shop', 'teen', 'EUR', 499n],
        ['2026-11-20T18:00:00.000Z', 'elsewhere:steam:steam', 'teen', 'EUR', 998n],
        ['2026-11-20T18:00:00.000Z', 'elsewhere:steam:steam', 'teen', 'JPY', 1000n],
      ])
      await clean()
    })

    it('is nothing where the person did not want it, and nothing that counts already', async () => {
      await appendAll(importMade({ counts: false }), importMade({ importId: 'import-2', countedBefore: [1], rows: [importedRow(1), importedRow(2)] }))
      expect(spent().map((line) => line.at(-1))).toEqual([499n])
      await clean()
    })

    it('P4, P5 stays counted when the import is undone', async () => {
      await appendAll(importMade())
      const before = spent()
      await appendAll(importUndone())
      expect(spent()).toEqual(before)
      await clean()
    })

    it('P4 blocks the next purchase as told, beside what was bought here', async () => {
      await appendAll(begun(), tightened(limitOf('1000', 'week')), approved('a', { price: { amount: '400', currency: 'EUR' } }), succeeded('a'))
      const nowMs = Date.parse('2026-11-23T12:00:00.000Z')
      const verdict = (amount: bigint) =>
        judge(log.controls(), log.usageSince, { memberId: null, sellerId: 'seller-1', counted: { amount, currency: 'EUR' } }, { ms: nowMs, gatewayMs: nowMs }).kind
      expect(verdict(600n)).toBe('allowed')
      // A Sunday before does not count in this week, a row in it does.
      await appendAll(importMade({ rows: [importedRow(1, { at: '2026-11-22T12:00:00.000Z' }), importedRow(2, { at: '2026-11-23T10:00:00.000Z' })] }))
      expect([verdict(101n), verdict(102n)]).toEqual(['allowed', 'blocked'])
      await appendAll(importUndone())
      expect([verdict(101n), verdict(102n)]).toEqual(['allowed', 'blocked'])
    })
  })
}
