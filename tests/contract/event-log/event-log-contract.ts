/** What every EventLog does, the one in memory and the one on the disk. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PurchaseId } from '../../../src/domain/brands.ts'
import type { NewEvent } from '../../../src/domain/events.ts'
import { IllegalTransitionError } from '../../../src/domain/life-cycle.ts'
import { LogReadOnlyError, type EventLog } from '../../../src/main/ports/event-log.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { approved, cancelled, chargebackReversed, chargedBack, declined, disputeClosed, disputeOpened, recovered, refunded, succeeded, unknown, voided } from '../../support/events.ts'
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts'
import { createFakeVault, type FakeVault } from '../../support/fake-vault.ts'

export interface Subject {
  readonly log: EventLog
  dispose(): Promise<void>
}

export type OpenSubject = (clock: FakeClock, vault: FakeVault) => Promise<Subject>

const id = (text: string) => text as PurchaseId

export function describeEventLog(name: string, open: OpenSubject): void {
  let clock: FakeClock
  let vault: FakeVault
  let subject: Subject
  let log: EventLog

  beforeEach(async () => {
    clock = createFakeClock()
    vault = createFakeVault()
    subject = await open(clock, vault)
    log = subject.log
  })
  afterEach(() => subject.dispose())

  const append = (event: NewEvent) => log.append(() => event)
  async function appendAll(...events: NewEvent[]): Promise<void> {
    for (const event of events) await append(event)
  }
  const anchorSeq = () => (JSON.parse(vault.secrets.get('log-anchor') ?? '{"seq":0}') as { seq: number }).seq

  describe(`${name}: adding`, () => {
    it('starts with log.opened, ready for more', () => {
      expect(log.state()).toEqual({ kind: 'ready' })
      expect([...log.events()]).toMatchObject([{ seq: 1, type: 'log.opened', payload: { format: 1 } }])
    })

    it('gives the event its number, id, time and mac, and keeps it as it was', async () => {
      const event = await append(approved('a'))
      expect(event).toMatchObject({ ...approved('a'), seq: 2, at: '2026-11-23T09:00:00.000Z' })
      expect(event?.mac).toMatch(/^[A-Za-z0-9_-]{43}$/)
      expect([...log.events(2)]).toEqual([event])
      expect(log.head()).toEqual({ seq: 2, mac: event?.mac })
    })

    it('gives each event by its number, and none where there is none', async () => {
      const event = await append(approved('a'))
      expect(log.event(2)).toEqual(event)
      expect([log.event(1)?.type, log.event(3), log.event(0)]).toEqual(['log.opened', null, null])
    })

    it('P2 keeps what is said about a charge beside it: no money moves by it, and a decision counts once', async () => {
      await appendAll(approved('a'), succeeded('a'))
      const [record, postings] = [log.purchase(id('a')), log.postings()]
      await appendAll(disputeOpened('a'), disputeClosed('a', 'refunded'))
      expect([log.purchase(id('a')), log.postings()]).toEqual([record, postings])
      await expect(append(disputeClosed('a', 'refunded'))).rejects.toThrow('a message counts once')
      await append(refunded('a'))
      expect(log.purchase(id('a'))).toMatchObject({ state: 'refunded', sequence: 2 })
      expect((await log.verify()).kind).toBe('clean')
    })

    it('keeps a copy: changing the payload afterwards changes nothing', async () => {
      const payload = { purchaseId: id('a'), offerId: 'offer-1', reason: 'person' as 'person' | 'expired' }
      const event = await append({ type: 'purchase.cancelled', actor: 'client', payload })
      payload.reason = 'expired'
      expect(event?.payload).toMatchObject({ reason: 'person' })
      expect([...log.events(2)][0]?.payload).toMatchObject({ reason: 'person' })
    })

    it('numbers concurrent appends without gaps, in the order they were asked for', async () => {
      const names = Array.from({ length: 20 }, (_, index) => `p${index}`)
      const events = await Promise.all(names.map((text) => append(cancelled(text))))
      expect(events.map((event) => event?.seq)).toEqual(names.map((_, index) => index + 2))
      expect([...log.events(2)].map(({ payload }) => 'purchaseId' in payload && payload.purchaseId)).toEqual(names)
    })

    it('P4 lets each decision see everything that was appended before it', async () => {
      const buyOnce = (text: string) => () => (log.unsettled().length === 0 ? approved(text) : null)
      const [first, second] = await Promise.all([log.append(buyOnce('a')), log.append(buyOnce('b'))])
      expect(first?.type).toBe('purchase.approved')
      expect(second).toBeNull()
      expect(log.purchases()).toHaveLength(1)
    })

    it('appends nothing when the decision is null or throws, and goes on afterwards', async () => {
      expect(await log.append(() => null)).toBeNull()
      const reason = new Error('changed my mind')
      await expect(
        log.append(() => {
          throw reason
        }),
      ).rejects.toBe(reason)
      expect((await append(cancelled('a')))?.seq).toBe(2)
    })

    it('P5 never lets time go backwards from one event to the next', async () => {
      clock.advance(60_000)
      const before = await append(cancelled('a'))
      clock.set(0)
      const after = await append(cancelled('b'))
      expect(after?.at).toBe(before?.at)
      expect(log.newestAtMs()).toBe(Date.parse('2026-11-23T09:01:00.000Z'))
    })

    it('refuses a payload that JSON cannot hold, and keeps nothing of it', async () => {
      const event = cancelled('a')
      const broken = { ...event, payload: { ...event.payload, reason: Number.NaN } } as unknown as NewEvent
      await expect(append(broken)).rejects.toThrow(TypeError)
      expect(log.head()?.seq).toBe(1)
    })

    it('takes no more events once it is closed', async () => {
      await log.close()
      await expect(append(cancelled('a'))).rejects.toThrow(LogReadOnlyError)
    })
  })

  describe(`${name}: projections`, () => {
    it('shows each purchase in the state that its newest event gives it', async () => {
      await appendAll(approved('a'), approved('b'), approved('c'), approved('d'), approved('e'), cancelled('f'))
      clock.advance(1000)
      await appendAll(unknown('b'), succeeded('c'), declined('d'), voided('e'))
      expect(log.purchases().map(({ purchaseId, state }) => [purchaseId, state])).toEqual([
        ['e', 'voided'],
        ['d', 'declined'],
        ['c', 'succeeded'],
        ['b', 'unknown'],
        ['a', 'approved'],
      ])
      expect(log.unsettled().map(({ purchaseId }) => purchaseId)).toEqual(['a', 'b'])
      expect(log.purchase(id('c'))).toMatchObject({
        payee: 'Pixel Forge',
        price: { amount: 99n, currency: 'EUR' },
        at: '2026-11-23T09:00:00.000Z',
        settledAt: '2026-11-23T09:00:01.000Z',
        receiptNumber: 'R-c',
      })
      expect(log.purchase(id('f'))).toBeNull()
    })

    it('posts both sides of a purchase that succeeded, and of no other', async () => {
      await appendAll(approved('a'), approved('b'), declined('b'))
      expect(log.postings()).toEqual([])
      await appendAll(succeeded('a'))
      expect(log.postings()).toEqual([
        { seq: 5, line: 1, account: 'Expenses:seller-1', amount: { amount: 99n, currency: 'EUR' } },
        { seq: 5, line: 2, account: 'Assets:card-1', amount: { amount: -99n, currency: 'EUR' } },
      ])
    })

    it('gives back the approval with what was signed', async () => {
      const event = await append(approved('a'))
      await appendAll(unknown('a'))
      expect(log.approval(id('a'))).toEqual(event)
      expect(log.approval(id('b'))).toBeNull()
    })

    it('keeps amounts exact beyond what a JavaScript number can hold', async () => {
      await appendAll(approved('a', { price: { amount: '999999999999999999', currency: 'JPY' } }), succeeded('a'))
      expect(log.purchase(id('a'))?.price.amount).toBe(999_999_999_999_999_999n)
      expect(log.postings()[1]?.amount.amount).toBe(-999_999_999_999_999_999n)
    })

    it('P2 counts a message of the gateway once', async () => {
      const half = { amount: '40', currency: 'EUR' }
      await appendAll(approved('a'), succeeded('a'), refunded('a', half))
      expect(log.hasMessage('refund-1-of-a')).toBe(true)
      expect(log.hasMessage('refund-2-of-a')).toBe(false)
      await expect(append(refunded('a', half))).rejects.toThrow(RangeError)
      expect(log.purchase(id('a'))).toMatchObject({ state: 'partlyRefunded', refunded: 40n })
      expect(await log.verify()).toMatchObject({ kind: 'clean' })
    })

    it('keeps what came back by refund and by chargeback apart', async () => {
      await appendAll(approved('a'), succeeded('a'), refunded('a', { amount: '40', currency: 'EUR' }))
      await appendAll(chargedBack('a', { amount: '59', currency: 'EUR' }, '1', 3))
      expect(log.purchase(id('a'))).toMatchObject({ state: 'chargedBack', refunded: 40n, chargedBack: 59n, chargebackId: 'CB-1-a' })
      await appendAll(chargebackReversed('a', '1', 4))
      expect(log.purchase(id('a'))).toMatchObject({ state: 'partlyRefunded', refunded: 40n, chargedBack: 0n, chargebackId: null })
      expect(log.postings().map(({ amount }) => amount.amount)).toEqual([99n, -99n, -40n, 40n, -59n, 59n, 59n, -59n])
    })

    it('has a recovered purchase in the history, with its receipt', async () => {
      await appendAll(recovered('a'))
      expect(log.purchase(id('a'))).toMatchObject({ state: 'succeeded', receiptNumber: 'R-a', settledAt: expect.any(String) as string })
      expect(log.unsettled()).toEqual([])
      expect(await log.verify()).toMatchObject({ kind: 'clean' })
    })

    it('gives the purchases since a moment, newest first', async () => {
      await appendAll(approved('a'))
      clock.set(clock.now() + 1_000)
      await appendAll(approved('b'), approved('c'))
      const since = log.purchase(id('b'))?.at ?? ''
      expect(log.purchasesSince(since).map(({ purchaseId }) => purchaseId)).toEqual(['c', 'b'])
      expect(log.purchasesSince('1970-01-01T00:00:00.000Z')).toEqual(log.purchases())
    })

    it('gives those of some types between two numbers, in order', async () => {
      await appendAll(approved('a'), succeeded('a'), approved('b'), cancelled('c'), approved('d'))
      const seqs = (from: number, before: number) => log.eventsOfTypes(['purchase.approved', 'purchase.cancelled'], from, before).map(({ seq }) => seq)
      expect([seqs(1, 100), seqs(2, 5), seqs(3, 6), log.eventsOfTypes([], 1, 100)]).toEqual([[2, 4, 5, 6], [2, 4], [4, 5], []])
      expect(log.eventsOfTypes(['purchase.succeeded'], 1, 100)).toEqual([...log.events(3)].slice(0, 1))
    })

    it('gives every event once and in order, however many there are, from any one on', async () => {
      for (let count = 2; count <= 513; count += 1) await append(cancelled(`p${count}`))
      const seqs = (from?: number) => [...log.events(from)].map(({ seq }) => seq)
      expect(seqs()).toEqual(Array.from({ length: 513 }, (_, index) => index + 1))
      expect(seqs(2)).toEqual(Array.from({ length: 512 }, (_, index) => index + 2))
      expect(seqs(513)).toEqual([513])
      expect(seqs(514)).toEqual([])
    })

    it('has no approval for a purchase that was recovered', async () => {
      await appendAll(recovered('a'))
      expect(log.approval(id('a'))).toBeNull()
    })

    it('remembers the newest event of each marked type', async () => {
      expect(log.newestOf('ledger.reconciled')).toBeNull()
      const reconciled = (matched: number): NewEvent => ({ type: 'ledger.reconciled', actor: 'client', payload: { matched, differences: [] } })
      await appendAll(reconciled(1))
      const second = await append(reconciled(2))
      await appendAll(approved('a'))
      expect(log.newestOf('ledger.reconciled')).toEqual(second)
      expect(await log.verify()).toMatchObject({ kind: 'clean' })
    })

    it.each([
      ['P2 a second approval', [approved('a')], approved('a')],
      ['P1 a success without approval', [], succeeded('a')],
      ['P2 a second success', [approved('a'), succeeded('a')], succeeded('a')],
      ['an unknown outcome of what is settled', [approved('a'), declined('a')], unknown('a')],
      ['a second unknown outcome', [approved('a'), unknown('a')], unknown('a')],
      ['a decline after it was voided', [approved('a'), voided('a')], declined('a')],
      ['a refund before the receipt', [approved('a'), unknown('a')], refunded('a')],
      ['cancelling what was approved', [approved('a')], cancelled('a')],
    ])('refuses %s and keeps nothing of it', async (_name, before, event) => {
      await appendAll(...before)
      const head = log.head()
      await expect(append(event)).rejects.toThrow(IllegalTransitionError)
      expect(log.head()).toEqual(head)
      expect(await log.verify()).toMatchObject({ kind: 'clean' })
    })
  })

  describe(`${name}: anchor`, () => {
    it('P3 resolves when the event is durable, and lets the next wait for its anchor', async () => {
      await log.anchored()
      const release = vault.holdWrites()
      await append(cancelled('a'))
      let isSecondDone = false
      const second = append(cancelled('b')).then(() => {
        isSecondDone = true
      })
      await new Promise(setImmediate)
      expect(isSecondDone).toBe(false)
      expect(log.head()?.seq).toBe(2)
      release()
      await second
      expect(log.head()?.seq).toBe(3)
    })

    it('P3 brings the anchor to the head', async () => {
      await appendAll(cancelled('a'), cancelled('b'))
      await log.anchored()
      expect(JSON.parse(vault.secrets.get('log-anchor') ?? '')).toEqual(log.head())
    })

    it('P2 takes one message of the gateway once, whatever the second one says', async () => {
      const money = { amount: '1', currency: 'EUR' }
      const first = refunded('a', money, '1', 2)
      const second = refunded('a', money, '2', 3)
      const { messageId } = first.payload as { messageId: string }
      await appendAll(approved('a'), succeeded('a'), first)
      await expect(append({ ...second, payload: { ...second.payload, messageId } } as NewEvent)).rejects.toThrow(RangeError)
      expect(log.purchases()[0]?.refunded).toBe(1n)
      expect((await append(second))?.seq).toBe(5)
    })

    it('P4 of 200 decisions at once that each leave no room for another, exactly one is written', async () => {
      const spendTheLast = (id: string) => log.append(() => (log.purchases().length === 0 ? approved(id) : null))
      const written = await Promise.all(Array.from({ length: 200 }, (_, index) => spendTheLast(`p${index}`)))
      expect(written.filter((event) => event !== null)).toHaveLength(1)
      expect(log.purchases()).toHaveLength(1)
    })

    it('P3 tries once more to move an anchor before the next event', async () => {
      await log.anchored()
      vault.fail('locked', { operation: 'set', times: 1 })
      await append(cancelled('a'))
      expect((await append(cancelled('b')))?.seq).toBe(3)
    })

    it('P3 makes nobody wait twice for a vault that stays silent, and asks it again the next time', async () => {
      await log.anchored()
      vault.fail('timedOut', { operation: 'set', times: 1 })
      await append(cancelled('a'))
      const asked = vault.calls.length
      await expect(log.anchored()).rejects.toMatchObject({ problem: 'timedOut' })
      expect(vault.calls.length).toBe(asked)
      await log.anchored()
      expect(anchorSeq()).toBe(2)
    })

    it('P3 P6 refuses events while the vault does not take the anchor: never more than one ahead', async () => {
      await log.anchored()
      vault.fail('locked')
      expect((await append(cancelled('a')))?.seq).toBe(2)
      await expect(append(cancelled('b'))).rejects.toThrow(VaultError)
      await expect(log.anchored()).rejects.toMatchObject({ problem: 'locked' })
      expect([log.head()?.seq, anchorSeq()]).toEqual([2, 1])
      vault.recover()
      expect((await append(cancelled('b')))?.seq).toBe(3)
    })
  })
}
