/** What every EventLog keeps of habits: for each buyer their own, out of the events alone. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewEvent } from '../../../src/domain/events.ts'
import { IllegalControlError } from '../../../src/domain/controls.ts'
import { newProfile } from '../../../src/domain/risk/profile.ts'
import type { EventLog } from '../../../src/main/ports/event-log.ts'
import { arbitraryHistory } from '../../support/arbitrary-history.ts'
import { begun } from '../../support/control-events.ts'
import { approved, declined, recovered, succeeded } from '../../support/events.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { createFakeVault } from '../../support/fake-vault.ts'
import { granted, householdBegun, tried } from '../../support/household-events.ts'
import { answered, capMet, frozen, stepUpFailed, thawed } from '../../support/risk-events.ts'
import type { OpenSubject, Subject } from './event-log-contract.ts'

const at = '2026-11-23T09:00:00.000Z'

export function describeRiskOf(name: string, open: OpenSubject): void {
  let subject: Subject
  let log: EventLog

  beforeEach(async () => {
    subject = await open(createFakeClock(), createFakeVault())
    log = subject.log
  })
  afterEach(() => subject.dispose())

  async function appendAll(...events: readonly NewEvent[]): Promise<void> {
    for (const event of events) await log.append(() => event)
  }
  const expectClean = async () => expect((await log.verify()).kind).toBe('clean')

  describe(`${name}: habits`, () => {
    it('are each buyer’s own, and nobody’s at first', async () => {
      expect(log.riskProfile(null)).toEqual(newProfile)
      await appendAll(approved('a'), begun(), householdBegun(), approved('b', { memberId: 'teen' }), approved('c', { memberId: 'teen' }), succeeded('b'))
      expect([null, 'teen', 'child'].map((memberId) => log.riskProfile(memberId).purchases)).toEqual([1, 2, 0])
      await expectClean()
    })

    it('are by the clock on the wall of the household, once there is one', async () => {
      const countedAt = '2026-11-23T20:30:00.000Z'
      await appendAll(approved('a', { countedAt }), begun(), approved('b', { countedAt }))
      expect([20, 21].map((hour) => (log.riskProfile(null).hours[hour] ?? 0) > 0)).toEqual([true, true])
      await expectClean()
    })

    it('take in declines, PINs and codes of whom they are about', async () => {
      await appendAll(begun(), householdBegun(), approved('a', { memberId: 'adult' }), declined('a'))
      await appendAll(tried('adult'), tried('adult'), granted('adult'), tried('guardian', at, true), stepUpFailed('adult'), stepUpFailed())
      const counts = (memberId: string | null) => [log.riskProfile(memberId)].map(({ declines, wrongPins, wrongCodes }) => [declines.length, wrongPins.length, wrongCodes.length])
      expect(['adult', 'guardian', null].flatMap(counts)).toEqual([[1, 1, 1], [0, 0, 1], [0, 0, 1]])
      await expectClean()
    })

    it('take in what people answer, and that a limit stood in the way', async () => {
      await appendAll(approved('a'), answered('a', 'notMe'), capMet())
      expect(log.riskProfile(null)).toMatchObject({ alarmedMs: Date.parse(at), cappedMs: Date.parse(at) })
      await expectClean()
    })

    it('are the same whether they were learned already or only observed', async () => {
      for (let count = 0; count < 40; count += 1) {
        await appendAll(approved(`p${count}`))
        expect(log.riskProfile(null).purchases).toBe(count + 1)
      }
      await expectClean()
    })

    it('take nothing from what was told anew after a backup was put back', async () => {
      await appendAll(recovered('a'))
      expect(log.riskProfile(null)).toEqual(newProfile)
      await expectClean()
    })

    it('that are stored are those that the events come to, whatever happened', { timeout: 60_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryHistory, async (history) => {
          const other = await open(createFakeClock(), createFakeVault())
          try {
            for (const event of history) await other.log.append(() => event)
            expect((await other.log.verify()).kind).toBe('clean')
          } finally {
            await other.dispose()
          }
        }),
        { numRuns: 15 },
      )
    })
  })

  describe(`${name}: a freeze`, () => {
    it('is each buyer’s own, ends by its own end alone, and is there once', async () => {
      await appendAll(begun(), householdBegun(), frozen('a', 'teen', 'guardian'), frozen('b', 'adult', 'adult'))
      const freeze = { because: 'a', by: 'guardian', frozenAt: at, memberId: 'teen' }
      expect(log.controls().frozen).toEqual([freeze, { ...freeze, because: 'b', by: 'adult', memberId: 'adult' }])
      await expect(log.append(() => frozen('c', 'teen'))).rejects.toThrow(IllegalControlError)
      await appendAll(thawed('adult'))
      expect(log.controls().frozen).toEqual([freeze])
      await expect(log.append(() => thawed('adult'))).rejects.toThrow(IllegalControlError)
      await appendAll(thawed('teen'))
      expect(log.controls()).not.toHaveProperty('frozen')
      await expectClean()
    })
  })
}
