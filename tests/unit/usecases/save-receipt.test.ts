import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { SavedReceiptSchema } from '../../../src/contract/ipc/documents.ts'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import type { EventPayloads, NewEvent } from '../../../src/domain/events.ts'
import { purchaseOf } from '../../../src/domain/ledger.ts'
import { createGatewaySignatures } from '../../../src/main/adapters/gateway/signatures.ts'
import type { FileQuestion } from '../../../src/main/ports/ask-file.ts'
import type { DocumentEnd, DocumentOrder } from '../../../src/main/ports/documents.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { createSaveReceipt } from '../../../src/main/usecases/save-receipt.ts'
import { verifyReceipt } from '../../../tools/tuppence-verify/verify.mjs'
import { begun } from '../../support/control-events.ts'
import { approved, chargebackReversed, chargedBack, declined, recovered, refunded, unknown } from '../../support/events.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { createFakeEventLog } from '../../support/fake-event-log.ts'
import { createFakeLedgerAccess } from '../../support/fake-ledger-access.ts'
import { householdBegun } from '../../support/household-events.ts'
import { createSigningGateway } from '../../support/signed-events.ts'

const gateway = await createSigningGateway()
const stranger = await createSigningGateway()

interface Options {
  readonly events: readonly NewEvent[]
  readonly file?: string | null
  readonly end?: DocumentEnd
  readonly knownKeys?: boolean
  /** What happens while the box is open. */
  readonly meanwhile?: (world: { setActor(memberId: string | null): void; stop(): void }) => void
}

async function world({ events, file = '/home/ada/receipt', end = { kind: 'written' }, knownKeys = true, meanwhile }: Options) {
  const log = createFakeEventLog({ clock: createFakeClock(Date.parse('2026-11-25T23:30:00.000Z')) })
  for (const event of events) await log.append(() => event)
  const ledger = createFakeLedgerAccess(log)
  const questions: FileQuestion[] = []
  const written: { order: DocumentOrder; file: string }[] = []
  let actor: string | null = null
  const setActor = (memberId: string | null) => void (actor = memberId)
  const receipts = createSaveReceipt({
    actor: () => actor,
    clock: createFakeClock(Date.parse('2026-11-25T23:30:00.000Z')),
    language: () => 'en',
    sandbox: true,
    askFile(question) {
      questions.push(question)
      meanwhile?.({ setActor, stop: () => void receipts.stop() })
      return Promise.resolve(file)
    },
    documents: {
      write(order, path) {
        written.push({ order, file: path })
        return Promise.resolve(end)
      },
    },
    index: { eventsOf: (id) => Promise.resolve([...log.events()].filter((event) => purchaseOf(event) === id).map(({ seq }) => seq)) },
    ledger,
    signatures: () => Promise.resolve(knownKeys ? createGatewaySignatures({ signingKey: gateway.signingKey }) : null),
    systemZone: () => 'UTC',
  })
  const save = async (purchaseId = 'p', format: 'pdf' | 'json' = 'json') => v.parse(SavedReceiptSchema, await receipts.save({ purchaseId, format }))
  const text = () => {
    const order = written.at(-1)?.order
    return order?.kind === 'text' ? order.text : ''
  }
  return { ...receipts, save, text, ledger, questions, written, setActor }
}

const bought = async () => [approved('p'), await gateway.succeeded('p')]

describe('saving a receipt', () => {
  it('asks where to, and writes there what anybody can verify; the page learns the name of the file and not its folder', async () => {
    const { save, questions, text, written } = await world({ events: await bought() })
    expect(await save()).toEqual({ kind: 'written', name: 'receipt' })
    expect(questions).toEqual([{ title: 'Save the receipt', name: 'tuppence-receipt-R-p.json', kind: 'Receipt that can be verified', extension: 'json' }])
    expect(written[0]?.file).toBe('/home/ada/receipt')
    expect(verifyReceipt(Buffer.from(text()), gateway.signingKey.kid)).toMatchObject({ good: true, claims: { receiptNumber: 'R-p', payee: 'Pixel Forge' } })
  })

  it('proposes a name that every file system takes: a colon in the number is none of one on Windows', async () => {
    const { save, questions } = await world({ events: [approved('a:b'), await gateway.succeeded('a:b')] })
    expect(await save('a:b')).toEqual({ kind: 'written', name: 'receipt' })
    expect(questions[0]?.name).toBe('tuppence-receipt-R-a-b.json')
  })

  it('as a PDF says who bought what, and every refund and chargeback in a line of its own, never netted', async () => {
    const eur = (amount: string) => ({ amount, currency: 'EUR' })
    const events = [begun('Europe/Berlin'), ...(await bought()), refunded('p', eur('9')), chargedBack('p', eur('90'), '1', 3), chargebackReversed('p', '1', 4)]
    const { save, questions, written } = await world({ events })
    expect(await save('p', 'pdf')).toEqual({ kind: 'written', name: 'receipt' })
    expect(questions[0]).toMatchObject({ name: 'tuppence-receipt-R-p.pdf', extension: 'pdf' })
    const order = written[0]?.order
    if (order?.kind !== 'pdf') throw new TypeError()
    const { blocks, datedAt } = order.paper
    expect(blocks.find(({ kind }) => kind === 'figure')).toMatchObject({ value: '€0.99', label: 'Paid to Pixel Forge', note: 'Tax in it: €0.16 (19\u00A0%)' })
    expect(blocks.find(({ kind }) => kind === 'table')).toMatchObject({
      rows: [
        ['24 Nov 2026, 10:00:00 (+01:00)', 'Refunded', 'RF-1-p', '-€0.09'],
        ['25 Nov 2026, 10:00:00 (+01:00)', 'Charged back', 'CB-1-p', '-€0.90'],
        ['26 Nov 2026, 10:00:00 (+01:00)', 'Chargeback reversed', 'CB-1-p', '€0.90'],
      ],
    })
    expect(datedAt).toBe('2026-11-26T09:00:00.000Z')
  })

  it('P3 refuses what the gateway did not sign, or signed for something else', async () => {
    const succeeded = await gateway.succeeded('p')
    const other = await gateway.succeeded('p', { price: { amount: '1', currency: 'EUR' } })
    const payload = succeeded.payload as EventPayloads['purchase.succeeded']
    const altered = { ...succeeded, payload: { ...payload, receipt: payload.receipt.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')) } } as NewEvent
    const renumbered = { ...succeeded, payload: { ...payload, receiptNumber: 'R-other' } } as NewEvent
    for (const event of [await stranger.succeeded('p'), other, altered, renumbered]) {
      const { save, questions, written } = await world({ events: [approved('p'), event] })
      for (const format of ['pdf', 'json'] as const) expect(await save('p', format)).toEqual({ kind: 'notGood' })
      expect([questions, written]).toEqual([[], []])
    }
  })

  it('of a purchase that only its receipt is left of is possible, if it is the right one', async () => {
    const receiptFor = async (change = {}) => ((await gateway.succeeded('p', change)).payload as EventPayloads['purchase.succeeded']).receipt
    const recoveredBy = (receipt: string): NewEvent => {
      const event = recovered('p')
      return { ...event, payload: { ...event.payload, receipt } } as NewEvent
    }
    const good = await world({ events: [recoveredBy(await receiptFor())] })
    expect(await good.save('p', 'pdf')).toEqual({ kind: 'written', name: 'receipt' })
    for (const change of [{ price: { amount: '98', currency: 'EUR' } }, { idempotencyKey: 'q' }, { receiptNumber: 'R-q' }]) {
      const { save } = await world({ events: [recoveredBy(await receiptFor(change))] })
      expect(await save()).toEqual({ kind: 'notGood' })
    }
  })

  it('says where there is none, and where it cannot be verified now', async () => {
    const charged = await world({ events: await bought(), knownKeys: false })
    expect(await charged.save()).toEqual({ kind: 'notVerifiable' })
    expect(await charged.save('nowhere')).toEqual({ kind: 'notFound' })
    for (const last of [declined('p'), unknown('p')]) {
      const { save } = await world({ events: [approved('p'), last] })
      expect(await save()).toEqual({ kind: 'noReceipt' })
    }
  })

  it('P8 is for whoever may see the purchase, and to nobody else does it say that there is one', async () => {
    const succeeded = await gateway.succeeded('p', { memberId: 'teen' })
    const events = [begun(), householdBegun(), approved('p', { memberId: 'teen' }), succeeded]
    const { save, setActor, questions } = await world({ events })
    expect(await save()).toEqual({ kind: 'locked' })
    for (const [memberId, kind] of [['adult', 'notFound'], ['child', 'notFound']] as const) {
      setActor(memberId)
      expect(await save()).toEqual({ kind })
    }
    expect(questions).toEqual([])
    for (const memberId of ['teen', 'guardian']) {
      setActor(memberId)
      expect(await save()).toEqual({ kind: 'written', name: 'receipt' })
    }
  })

  it('P8 writes nothing where the profile was locked or changed while the box was open', async () => {
    for (const later of [null, 'guardian']) {
      const events = [begun(), householdBegun(), approved('p', { memberId: 'teen' }), await gateway.succeeded('p', { memberId: 'teen' })]
      const { save, setActor, written } = await world({ events, meanwhile: (now) => now.setActor(later) })
      setActor('teen')
      expect(await save()).toEqual({ kind: 'locked' })
      expect(written).toEqual([])
    }
  })

  it('comes to nothing where the person gives up, or the app ends meanwhile', async () => {
    const givenUp = await world({ events: await bought(), file: null })
    expect(await givenUp.save()).toEqual({ kind: 'cancelled' })
    const ended = await world({ events: await bought(), meanwhile: ({ stop }) => stop() })
    expect(await ended.save()).toEqual({ kind: 'cancelled' })
    expect(ended.written).toEqual([])
  })

  it('one at a time', async () => {
    const { save } = await world({ events: await bought() })
    expect(await Promise.all([save(), save()])).toEqual([{ kind: 'written', name: 'receipt' }, { kind: 'busy' }])
    expect(await save()).toEqual({ kind: 'written', name: 'receipt' })
  })

  it('tells what the disk and the ledger say', async () => {
    const full = await world({ events: await bought(), end: { kind: 'failed', problem: 'diskFull' } })
    expect(await full.save()).toEqual({ kind: 'failed', problem: 'diskFull' })
    full.ledger.setLog({ ...full.ledger.log(), purchase: () => { throw new LogStorageError({ kind: 'damaged' }) } } as never)
    expect(await full.save()).toEqual({ kind: 'failed', problem: 'ledgerUnreadable' })
    full.ledger.setLog(null)
    expect(await full.save()).toEqual({ kind: 'failed', problem: 'ledgerUnreadable' })
    full.ledger.setState('vaultUnavailable')
    expect(await full.save()).toEqual({ kind: 'notFound' })
  })

  it('takes nothing from the page but which purchase and which form', () => {
    const { input } = launcherContract.calls['documents.saveReceipt']
    expect(v.is(input, { purchaseId: 'p', format: 'pdf' })).toBe(true)
    for (const wrong of [{ purchaseId: 'p', format: 'exe' }, { purchaseId: '../p', format: 'pdf' }, { purchaseId: 'p', format: 'pdf', file: '/etc/passwd' }]) expect(v.is(input, wrong)).toBe(false)
  })
})
