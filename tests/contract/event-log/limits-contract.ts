/** What every EventLog keeps for the limits: how much is used up, and the controls. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PurchaseId } from '../../../src/domain/brands.ts'
import { IllegalControlError, noControls } from '../../../src/domain/controls.ts'
import type { NewEvent } from '../../../src/domain/events.ts'
import { judge } from '../../../src/domain/limits.ts'
import type { EventLog } from '../../../src/main/ports/event-log.ts'
import { adopted, begun, excluded, inBerlin, limitOf, looseningAsked, looseningConfirmed, looseningEnded, reminderSet, returnAsked, tightened } from '../../support/control-events.ts'
import { approved, cancelled, chargedBack, declined, recovered, refunded, succeeded, unknown, voided } from '../../support/events.ts'
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts'
import { createFakeVault } from '../../support/fake-vault.ts'
import type { OpenSubject, Subject } from './event-log-contract.ts'

const approvedId = (id: string) => id as PurchaseId

export function describeLimitsOf(name: string, open: OpenSubject): void {
  let clock: FakeClock
  let subject: Subject
  let log: EventLog

  beforeEach(async () => {
    clock = createFakeClock()
    subject = await open(clock, createFakeVault())
    log = subject.log
  })
  afterEach(() => subject.dispose())

  async function appendAll(...events: NewEvent[]): Promise<void> {
    for (const event of events) await log.append(() => event)
  }
  const nineOClock = Date.parse('2026-11-23T09:00:00.000Z')
  const used = (fromMs = 0) => log.usageSince(fromMs).map(({ spent, reserved }) => [spent, reserved])

  describe(`${name}: what is used up`, () => {
    it('is nothing at first', () => {
      expect(log.usageSince(0)).toEqual([])
    })

    it('P4 is reserved by an approval, in the quarter of an hour, seller and currency that it counts in', async () => {
      const counted = { amount: '612', currency: 'EUR' }
      const countedAt = '2026-11-23T09:14:59.999Z'
      await appendAll(approved('a', { price: { amount: '1000', currency: 'JPY' }, counted, countedAt }))
      expect(log.usageSince(0)).toEqual([{ atMs: nineOClock, sellerId: 'seller-1', memberId: null, currency: 'EUR', spent: 0n, reserved: 612n }])
      expect(log.purchase(approvedId('a'))).toMatchObject({ counted: { amount: 612n, currency: 'EUR' }, countedAt })
    })

    it('is the price at the time of the event where the approval says nothing else', async () => {
      clock.advance(16 * 60_000)
      await appendAll(approved('a'))
      expect(log.usageSince(0)).toEqual([{ atMs: nineOClock + 15 * 60_000, sellerId: 'seller-1', memberId: null, currency: 'EUR', spent: 0n, reserved: 99n }])
    })

    it('P4 stays reserved while nobody knows, and is spent by a receipt', async () => {
      await appendAll(approved('a'), approved('b'), unknown('a'))
      expect(used()).toEqual([[0n, 198n]])
      await appendAll(succeeded('a'))
      expect(used()).toEqual([[99n, 99n]])
    })

    it.each([declined, voided])('is given back where nothing was charged', async (release) => {
      await appendAll(approved('a'), release('a'))
      expect(log.usageSince(0)).toEqual([])
      await appendAll(approved('b'), approved('c'), release('b'))
      expect(used()).toEqual([[0n, 99n]])
    })

    it('P4 counts a receipt that comes after all, when it was approved', async () => {
      await appendAll(approved('a'), voided('a'))
      clock.advance(3_600_000)
      await appendAll(succeeded('a'))
      expect(log.usageSince(0)).toMatchObject([{ atMs: nineOClock, spent: 99n, reserved: 0n }])
    })

    it('P4 is not given back by money that comes back', async () => {
      await appendAll(approved('a'), succeeded('a'), refunded('a', { amount: '40', currency: 'EUR' }))
      await appendAll(chargedBack('a', { amount: '59', currency: 'EUR' }, '1', 3))
      expect(used()).toEqual([[99n, 0n]])
    })

    it('has a recovered purchase when it was charged', async () => {
      clock.advance(86_400_000)
      await appendAll(recovered('a'))
      expect(log.usageSince(0)).toMatchObject([{ atMs: nineOClock, spent: 99n, reserved: 0n }])
    })

    it('is given from the quarter on that the moment lies in, oldest first', async () => {
      for (const [id, minute] of [['a', '29'], ['b', '14'], ['c', '00'], ['d', '45']] as const) {
        await appendAll(approved(id, { countedAt: `2026-11-23T09:${minute}:00.000Z`, price: { amount: minute, currency: 'EUR' } }))
      }
      const minutes = (fromMs: number) => log.usageSince(fromMs).map(({ atMs }) => (atMs - nineOClock) / 60_000)
      expect(minutes(0)).toEqual([0, 15, 45])
      expect(minutes(nineOClock + 1)).toEqual([0, 15, 45])
      expect(minutes(nineOClock + 15 * 60_000 - 1)).toEqual([0, 15, 45])
      expect(minutes(nineOClock + 15 * 60_000)).toEqual([15, 45])
      expect(minutes(nineOClock + 60 * 60_000)).toEqual([])
    })

    it('has no line for what costs nothing', async () => {
      await appendAll(approved('a', { price: { amount: '0', currency: 'EUR' } }), succeeded('a'))
      expect(log.usageSince(0)).toEqual([])
      expect((await log.verify()).kind).toBe('clean')
    })

    it('keeps sellers and currencies apart', async () => {
      await appendAll(approved('a'), approved('b', { sellerId: 'seller-2' }), approved('c', { price: { amount: '5', currency: 'JPY' } }))
      expect(log.usageSince(0).map(({ sellerId, currency }) => [sellerId, currency])).toEqual([
        ['seller-1', 'EUR'],
        ['seller-1', 'JPY'],
        ['seller-2', 'EUR'],
      ])
      expect((await log.verify()).kind).toBe('clean')
    })

    it('P4 of 50 appends at once that each judge for the last of a weekly limit, exactly one is written', async () => {
      await appendAll(begun(), tightened(limitOf('198')), approved('first'))
      const now = { ms: clock.now(), gatewayMs: clock.now() }
      const spend = { memberId: null, sellerId: 'seller-1', counted: { amount: 99n, currency: 'EUR' } }
      const buy = (id: string) => () => (judge(log.controls(), log.usageSince, spend, now).kind === 'allowed' ? approved(id) : null)
      const written = await Promise.all(Array.from({ length: 50 }, (_, index) => log.append(buy(`p${index}`))))
      expect(written.filter((event) => event !== null)).toHaveLength(1)
      expect(used()).toEqual([[0n, 198n]])
    })
  })

  describe(`${name}: controls`, () => {
    it('are none at first', async () => {
      expect(log.controls()).toEqual(noControls)
      await appendAll(approved('a'), succeeded('a'))
      expect(log.controls()).toEqual(noControls)
      expect((await log.verify()).kind).toBe('clean')
    })

    it('are what all events come to', async () => {
      const warning = { period: 'week', sellerId: null, startsAt: '2026-11-22T23:00:00.000Z', percent: 80 } as const
      await appendAll(begun(), tightened(limitOf('500')), looseningAsked('x', limitOf('900')))
      await appendAll(approved('a', { limitWarnings: [warning] }), reminderSet(null))
      await appendAll(excluded('2026-11-23T10:00:00.000Z', '2026-11-24T10:00:00.000Z'))
      expect(log.controls()).toEqual({
        household: inBerlin,
        limits: [{ period: 'week', sellerId: null, amount: '500' }],
        quietHours: [],
        remindAfter: null,
        pending: [{ changeId: 'x', change: limitOf('900'), askedAt: '2026-11-23T09:00:00.000Z' }],
        exclusion: { begunAt: '2026-11-23T10:00:00.000Z', until: '2026-11-24T10:00:00.000Z', returnAskedAt: null },
        warnings: [warning],
      })
      await appendAll(looseningConfirmed('x'), returnAsked('2026-11-24T10:00:00.000Z'))
      expect(log.controls()).toMatchObject({ limits: [{ amount: '900' }], pending: [], exclusion: { returnAskedAt: '2026-11-24T10:00:00.000Z' } })
      expect((await log.verify()).kind).toBe('clean')
    })

    it('take over stricter ones', async () => {
      const limits = [{ period: 'day', sellerId: null, amount: '100' }] as const
      await appendAll(begun(), tightened(limitOf('500')))
      await appendAll(adopted({ household: inBerlin, limits, quietHours: [], exclusion: null }))
      expect(log.controls().limits).toEqual([...limits, { period: 'week', sellerId: null, amount: '500' }])
      expect((await log.verify()).kind).toBe('clean')
    })

    it.each<[string, NewEvent[], NewEvent]>([
      ['a limit without a household', [], tightened(limitOf('500'))],
      ['a second household', [begun()], begun('Asia/Tokyo', 'JPY')],
      ['a looser limit at once', [begun(), tightened(limitOf('500'))], tightened(limitOf('501'))],
      ['a tighter limit that waits', [begun(), tightened(limitOf('500'))], looseningAsked('x', limitOf('499'))],
      ['a second yes too early', [begun(), tightened(limitOf('500')), looseningAsked('x', limitOf(null))], looseningConfirmed('x', '2026-11-24T08:59:59.999Z')],
      ['a second yes too late', [begun(), tightened(limitOf('500')), looseningAsked('x', limitOf(null))], looseningConfirmed('x', '2026-11-30T09:00:00.000Z')],
      ['a second yes to what was withdrawn', [begun(), tightened(limitOf('500')), looseningAsked('x', limitOf(null)), looseningEnded('x')], looseningConfirmed('x')],
      ['a shorter exclusion', [excluded('2026-11-23T09:00:00.000Z', '2026-11-30T09:00:00.000Z')], excluded('2026-11-23T09:00:00.000Z', '2026-11-29T09:00:00.000Z')],
      ['a return before the end', [excluded('2026-11-23T09:00:00.000Z', '2026-11-24T09:00:00.000Z')], returnAsked('2026-11-24T08:59:59.999Z')],
    ])('P4 P5 refuse %s, and nothing of it is kept', async (_name, before, event) => {
      await appendAll(...before)
      const was = [log.head(), log.controls()]
      await expect(log.append(() => event)).rejects.toThrow(IllegalControlError)
      expect([log.head(), log.controls()]).toEqual(was)
      expect((await log.append(() => cancelled('next')))?.seq).toBe(before.length + 2)
      expect((await log.verify()).kind).toBe('clean')
    })
  })
}
