/** What every EventLog keeps of a household: whose purchases they are, its members, and what they ask and are called. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PurchaseId } from '../../../src/domain/brands.ts'
import { IllegalControlError } from '../../../src/domain/controls.ts'
import { noFamily } from '../../../src/domain/family.ts'
import type { NewEvent } from '../../../src/domain/events.ts'
import { judge } from '../../../src/domain/limits.ts'
import { IllegalRequestError } from '../../../src/domain/requests.ts'
import type { EventLog } from '../../../src/main/ports/event-log.ts'
import { begun, excluded, limitOf, looseningAsked, looseningConfirmed, returnAsked, tightened } from '../../support/control-events.ts'
import { approved, cancelled, declined, recovered, succeeded } from '../../support/events.ts'
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts'
import { createFakeVault } from '../../support/fake-vault.ts'
import { accessSet, everyRole, granted, householdBegun, named, requested, requestEnded, tried, wanted, withoutNames } from '../../support/household-events.ts'
import type { OpenSubject, Subject } from './event-log-contract.ts'

const at = '2026-11-23T09:00:00.000Z'
const forChild = { memberId: 'child', requestId: 'r1', approvedBy: 'guardian' } as const

export function describeFamilyOf(name: string, open: OpenSubject): void {
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
  const expectClean = async () => expect((await log.verify()).kind).toBe('clean')
  const usedBy = () => log.usageSince(0).map(({ memberId, spent, reserved }) => [memberId, spent, reserved])

  describe(`${name}: whose purchases they are`, () => {
    it('P4 each member’s usage is kept apart, and that from before there were members', async () => {
      await appendAll(approved('a'), begun(), householdBegun())
      await appendAll(approved('b', { memberId: 'teen' }), approved('c', { memberId: 'child' }), succeeded('c'), approved('d', { memberId: 'teen' }))
      expect(usedBy()).toEqual([[null, 0n, 99n], ['child', 99n, 0n], ['teen', 0n, 198n]])
      await appendAll(declined('b'), declined('d'), recovered('e', undefined, 'teen'))
      expect(usedBy()).toEqual([[null, 0n, 99n], ['child', 99n, 0n], ['teen', 99n, 0n]])
      await expectClean()
    })

    it('is in the record of each, as long as it is kept', async () => {
      await appendAll(approved('a'), begun(), householdBegun(), approved('b', { memberId: 'teen' }), succeeded('b'), recovered('c', undefined, 'adult'))
      expect(log.purchases().map(({ memberId }) => memberId)).toEqual(['adult', 'teen', null])
      expect(log.purchase('b' as PurchaseId)).toMatchObject({ memberId: 'teen', state: 'succeeded' })
      expect(log.unsettled()).toMatchObject([{ purchaseId: 'a', memberId: null }])
      await expectClean()
    })

    it('P4 of 50 appends at once of two members that each judge for the last of the household’s limit, exactly one is written', async () => {
      await appendAll(begun(), householdBegun(), tightened(limitOf('150')), approved('first', { memberId: 'adult' }))
      const now = { ms: clock.now(), gatewayMs: clock.now() }
      const buy = (id: string, memberId: string) => () => {
        const spend = { memberId, sellerId: 'seller-1', counted: { amount: 51n, currency: 'EUR' } }
        const price = { amount: '51', currency: 'EUR' }
        return judge(log.controls(), log.usageSince, spend, now).kind === 'allowed' ? approved(id, { memberId, price }) : null
      }
      const written = await Promise.all(Array.from({ length: 50 }, (_, index) => log.append(buy(`p${index}`, index % 2 === 0 ? 'guardian' : 'adult'))))
      expect(written.filter((event) => event !== null)).toHaveLength(1)
    })
  })

  describe(`${name}: members`, () => {
    it('begin all at once, and minors with nothing to spend but what they are given', async () => {
      const given = { period: 'day', sellerId: null, memberId: 'teen', amount: '300' } as const
      await appendAll(begun(), householdBegun(everyRole, [given]))
      expect(log.controls().members).toEqual(withoutNames(everyRole))
      expect(log.controls().limits).toEqual([{ period: 'week', sellerId: null, memberId: 'child', amount: '0' }, given])
      await expectClean()
    })

    it('P5 change as the events say, and are excluded each by themselves', async () => {
      const older = { kind: 'member', memberId: 'child', role: 'teen' } as const
      await appendAll(begun(), householdBegun(), looseningAsked('x', older), looseningConfirmed('x'))
      await appendAll(tightened({ kind: 'member', memberId: 'adult', role: 'removed' }))
      await appendAll(excluded(at, '2026-11-24T09:00:00.000Z', '24hours', 'teen'), returnAsked('2026-11-24T09:00:00.000Z', 'teen'))
      expect(log.controls().members).toEqual([
        { memberId: 'guardian', role: 'guardian' },
        { memberId: 'adult', role: 'removed' },
        { memberId: 'teen', role: 'teen' },
        { memberId: 'child', role: 'teen' },
      ])
      expect(log.controls()).toMatchObject({ exclusion: null, exclusions: [{ memberId: 'teen', returnAskedAt: '2026-11-24T09:00:00.000Z' }] })
      await expectClean()
    })
  })

  describe(`${name}: family`, () => {
    it('is none at first', async () => {
      await appendAll(begun(), tightened(limitOf('500')), approved('a'))
      expect(log.family()).toEqual(noFamily)
      await expectClean()
    })

    it('P8 is what all events come to: names, tries and requests', async () => {
      await appendAll(begun(), householdBegun(), named('teen', 'Cleopatra'), tried('guardian'), tried('guardian', null), tried('child'))
      await appendAll(granted('child'), accessSet('guardian', 'secondFactor'), granted('adult', { step: 7 }), granted('adult', { recovery: 2 }))
      await appendAll(requested('r1'), requested('r2'), requestEnded('r2', 'denied', { reason: 'notNow', note: 'On Saturday' }))
      const ended = { end: 'denied', at, by: 'guardian', reason: 'notNow', note: 'On Saturday' }
      const noCodes = { codeFailures: 0, lastCodeAt: null }
      expect(log.family()).toEqual({
        names: { guardian: 'Ada', adult: 'Ben', teen: 'Cleopatra', child: 'Dot' },
        tries: [
          { memberId: 'adult', failures: 0, lastAt: null, ...noCodes, newestStep: 7, usedRecovery: [2] },
          { memberId: 'child', failures: 0, lastAt: at, ...noCodes, newestStep: null, usedRecovery: [] },
          { memberId: 'guardian', failures: 2, lastAt: null, ...noCodes, newestStep: null, usedRecovery: [] },
        ],
        requests: [{ ...wanted('r1'), ended: null }, { ...wanted('r2'), ended }],
      })
      await expectClean()
    })

    it('P8 a request is granted by the one purchase that was asked for', async () => {
      await appendAll(begun(), householdBegun(), requested('r1'), approved('a', forChild))
      expect(log.family().requests).toMatchObject([{ requestId: 'r1', ended: { end: 'granted', by: 'guardian', at } }])
      await expectClean()
    })

    const asked = [begun(), householdBegun(), requested('r1')]
    it.each<[string, NewEvent[], NewEvent]>([
      ['a second purchase for one yes', [...asked, approved('a', forChild)], approved('b', forChild)],
      ['a purchase for what was denied', [...asked, requestEnded('r1')], approved('b', forChild)],
      ['the same request twice', asked, requested('r1')],
      ['an end of what nobody asked for', asked, requestEnded('r2')],
      ['a yes to oneself', asked, approved('b', { ...forChild, approvedBy: 'child' })],
      ['a request without a yes', asked, approved('b', { memberId: 'child', requestId: 'r1' })],
      ['a yes without a request', asked, approved('b', { memberId: 'child', approvedBy: 'guardian' })],
      ['another buyer', asked, approved('b', { ...forChild, memberId: 'teen' })],
      ['another price', asked, approved('b', { ...forChild, price: { amount: '98', currency: 'EUR' } })],
    ])('P2 P8 refuses %s, and nothing of it is kept', async (_name, before, event) => {
      await appendAll(...before)
      const was = [log.head(), log.family(), log.controls(), log.purchases(), log.usageSince(0)]
      await expect(log.append(() => event)).rejects.toThrow(IllegalRequestError)
      expect([log.head(), log.family(), log.controls(), log.purchases(), log.usageSince(0)]).toEqual(was)
      expect((await log.append(() => cancelled('next')))?.seq).toBe(before.length + 2)
      await expectClean()
    })

    it.each<[string, NewEvent[], NewEvent]>([
      ['members before there is a calendar', [], householdBegun()],
      ['members that begin twice', [begun(), householdBegun()], householdBegun()],
      ['a household without a guardian', [begun()], householdBegun(everyRole.slice(1))],
      ['the last guardian to go', [begun(), householdBegun()], tightened({ kind: 'member', memberId: 'guardian', role: 'adult' })],
      ['a grown-up at once', [begun(), householdBegun()], tightened({ kind: 'member', memberId: 'new', role: 'adult' })],
    ])('P5 refuses %s', async (_name, before, event) => {
      await appendAll(...before)
      const was = [log.head(), log.family(), log.controls()]
      await expect(log.append(() => event)).rejects.toThrow(IllegalControlError)
      expect([log.head(), log.family(), log.controls()]).toEqual(was)
      await expectClean()
    })
  })
}
