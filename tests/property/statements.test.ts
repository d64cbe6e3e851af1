import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextControls, noControls } from '../../src/domain/controls.ts'
import type { LogEvent } from '../../src/domain/events.ts'
import { exportFormats } from '../../src/domain/export/formats.ts'
import { localTimeIn } from '../../src/domain/export/export-text.ts'
import { type HistoryLine, linesOf } from '../../src/domain/history/line.ts'
import { summarise } from '../../src/domain/history/summary.ts'
import { nextRecord, type Posting, postingsOf, purchaseOf, type PurchaseRecord } from '../../src/domain/ledger.ts'
import { controlsIn, isControlEvent } from '../../src/domain/statement/month-controls.ts'
import { buildStatement, isSameTotals, monthIn, type StatementTotal, totalsOf } from '../../src/domain/statement/statement.ts'
import { begun, limitOf, looseningAsked, looseningConfirmed, tightened } from '../support/control-events.ts'
import { arbitraryMonths, monthsTold } from '../support/statement-months.ts'
import { exportHead, spentIn, sumsOf } from '../support/export-lines.ts'

const zones = fc.constantFrom('Europe/Berlin', 'UTC', 'Pacific/Auckland', 'America/St_Johns')
const months = (zone: string) => monthsTold.map((month) => monthIn(zone, month))

function postingsIn(events: readonly LogEvent[]): Posting[] {
  const records = new Map<string, PurchaseRecord>()
  return events.flatMap((event) => {
    const id = purchaseOf(event) ?? ''
    const before = records.get(id) ?? null
    const after = nextRecord(before, event)
    if (after) records.set(id, after)
    return postingsOf(event, before, after)
  })
}

const ownNet = (totals: readonly StatementTotal[]) =>
  sumsOf(totals.map(({ currency, debit, credit, importedDebit, importedCredit }) => [currency, debit - importedDebit - (credit - importedCredit)] as const))

const exported = (lines: readonly HistoryLine[], zone: string) =>
  [...exportFormats.csv.write(lines.map((line) => ({ ...line, who: null })), { ...exportHead, zone })].join('')

describe('statements of histories that could have happened', () => {
  it('P9 opening and lines come to the closing, which is the opening of the next month', () => {
    fc.assert(fc.property(arbitraryMonths, zones, (events, zone) => {
      const lines = linesOf(events)
      const statements = months(zone).map((month) => buildStatement(lines, month))
      for (const [index, { opening, lines: own, closing }] of statements.entries()) {
        const before = lines.filter(({ at }) => at < (months(zone)[index]?.from ?? ''))
        expect(isSameTotals(closing, totalsOf([...before, ...own]))).toBe(true)
        expect(opening).toEqual(statements[index - 1]?.closing ?? opening)
      }
      expect(statements.at(-1)?.closing).toEqual(totalsOf(lines))
      expect(statements.flatMap(({ lines: own }) => own.map(({ id }) => id)).sort()).toEqual(lines.map(({ id }) => id).sort())
    }))
  })

  it('P9 the statements of all members, and of what nobody’s profile bought, come to that of the household', () => {
    fc.assert(fc.property(arbitraryMonths, zones, fc.constantFrom(...monthsTold), (events, zone, name) => {
      const lines = linesOf(events)
      const month = monthIn(zone, name)
      const each = [null, 'teen', 'child'].map((memberId) => buildStatement(lines.filter((line) => line.memberId === memberId), month))
      const whole = buildStatement(lines, month)
      for (const part of ['opening', 'totals', 'closing'] as const) {
        expect(isSameTotals(each.flatMap((one) => one[part]), whole[part])).toBe(true)
      }
      expect(isSameTotals(whole.sellers, whole.totals)).toBe(true)
    }))
  })

  it('P9 what a month comes to is what the history says of it and what an export of it adds up to', () => {
    fc.assert(fc.property(arbitraryMonths, zones, (events, zone) => {
      const lines = linesOf(events)
      const local = localTimeIn(zone)
      const summary = summarise(lines, (at) => local(at).date.slice(0, 7))
      for (const month of months(zone)) {
        const { totals, lines: own } = buildStatement(lines, month)
        const inHistory = summary.months.find((one) => one.month === month.month)?.totals ?? []
        expect(totals.map(({ importedDebit: _, importedCredit: __, ...total }) => total)).toEqual(inHistory)
        expect(sumsOf(totals.map(({ currency, debit, credit }) => [currency, debit - credit] as const))).toEqual(spentIn.csv(exported(own, zone)))
      }
    }))
  })

  it('P9 what was bought here agrees with the postings of the ledger to the cent, whatever was imported', () => {
    fc.assert(fc.property(arbitraryMonths, zones, (events, zone) => {
      const statements = months(zone).map((month) => buildStatement(linesOf(events), month))
      const expenses = postingsIn(events).filter(({ account }) => account.startsWith('Expenses:'))
      const posted = sumsOf(expenses.map(({ amount }) => [amount.currency, amount.amount] as const))
      expect(ownNet(statements.at(-1)?.closing ?? [])).toEqual(posted)
      expect(ownNet(statements.flatMap(({ totals }) => totals))).toEqual(posted)
      for (const { sellers } of statements.slice(-1)) expect(sellers.every(({ debit, credit }) => debit >= 0n && credit >= 0n)).toBe(true)
    }))
  })
})

describe('the controls of a month', () => {
  const logged = (events: readonly [string, ReturnType<typeof begun>][]) =>
    events.map(([at, event], index) => ({ ...event, at, seq: index + 2, id: `event-${index}`, mac: '' }) as unknown as LogEvent).filter(isControlEvent)

  const story = logged([
    ['2026-09-30T21:59:59.999Z', begun()],
    ['2026-09-30T22:00:00.000Z', tightened(limitOf('1000'))],
    ['2026-10-31T22:00:00.000Z', looseningAsked('c1', limitOf('5000'), '2026-10-31T22:00:00.000Z')],
    ['2026-10-31T23:00:00.000Z', tightened(limitOf('200', 'day'))],
    ['2026-11-02T00:00:00.000Z', looseningConfirmed('c1', '2026-11-02T00:00:00.000Z')],
  ])

  it('are those at its first moment, those after its last one, and every change between', () => {
    const october = controlsIn(story, monthIn('Europe/Berlin', '2026-10'))
    expect([october.atStart.limits, october.atEnd.limits]).toEqual([[], [{ period: 'week', sellerId: null, amount: '1000' }]])
    expect(october.changes.map(({ type }) => type)).toEqual(['controls.tightened', 'controls.looseningAsked'])
    const november = controlsIn(story, monthIn('Europe/Berlin', '2026-11'))
    expect(november.atStart).toEqual(october.atEnd)
    expect(november.atEnd.limits).toEqual([{ period: 'day', sellerId: null, amount: '200' }, { period: 'week', sellerId: null, amount: '5000' }])
    expect(november.changes.map(({ type }) => type)).toEqual(['controls.tightened', 'controls.looseningConfirmed'])
    expect(november.asked.get('c1')).toEqual(limitOf('5000'))
    expect(controlsIn(story, monthIn('Europe/Berlin', '2027-01')).atStart).toEqual(story.reduce(nextControls, noControls))
  })
})
