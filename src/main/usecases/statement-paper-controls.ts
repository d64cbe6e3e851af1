/** The part of a statement's document that is about limits and who changed them. */
import type { Change, Limit } from '../../contract/controls.ts'
import type { ControlEvent } from '../../contract/ipc/controls.ts'
import type { ControlsAt, StatementData } from '../../contract/ipc/statements.ts'
import { isSameKey } from '../../domain/control-parts.ts'
import { fromWire } from '../../domain/money.ts'
import type { PaperBlock } from '../ports/documents.ts'
import type { StatementWriting } from './statement-writing.ts'

type Hours = ControlsAt['quietHours'][number]

export function limitsBlocks(statement: StatementData, writing: StatementWriting): PaperBlock[] {
  const { words, format } = writing
  const heading = { kind: 'heading', level: 2, text: words.limits } as const
  if (!statement.controls) return [heading, { kind: 'paragraph', text: words.changesUnknown, tone: 'plain' }]
  const { atStart, atEnd } = statement.controls
  const rows = [...limitRows(atStart, atEnd, writing), ...quietRows(atStart, atEnd, writing), ...exclusionRows(atStart, atEnd, writing)]
  if (rows.length === 0) return [heading, { kind: 'paragraph', text: words.noLimits, tone: 'quiet' }]
  const whom = writing.hasMembers ? [{ title: words.forWhom, align: 'start', share: 3 } as const] : []
  const columns = [
    { title: words.control, align: 'start', share: 4 } as const,
    ...whom,
    { title: words.atStart(format.day(statement.firstDay)), align: 'start', share: 4 } as const,
    { title: statement.madeAt < statement.endsAt ? words.now : words.atEnd(format.day(statement.lastDay)), align: 'start', share: 4 } as const,
  ]
  return [heading, { kind: 'table', columns, rows, totals: [] }]
}

const whomOf = ({ words, names }: StatementWriting, memberId: string | null | undefined): string =>
  memberId === null || memberId === undefined ? words.household : (names[memberId] ?? memberId)

function row(writing: StatementWriting, name: string, memberId: string | null | undefined, before: string, after: string): string[] {
  return [name, ...(writing.hasMembers ? [whomOf(writing, memberId)] : []), before, after]
}

function limitRows(atStart: ControlsAt, atEnd: ControlsAt, writing: StatementWriting): string[][] {
  const keys = [...atStart.limits, ...atEnd.limits.filter((limit) => !atStart.limits.some((other) => isSameKey(other, limit)))]
  return keys.map((key) => {
    const at = ({ limits, household }: ControlsAt) => {
      const limit = limits.find((one) => isSameKey(one, key))
      return limit && household ? moneyOf(writing, limit.amount, household.currency) : writing.words.noLimit
    }
    return row(writing, limitName(writing, key), key.memberId, at(atStart), at(atEnd))
  })
}

function moneyOf({ format }: StatementWriting, amount: string, currency: string): string {
  return format.money(fromWire({ amount, currency }))
}

function limitName({ words, sellerNames }: StatementWriting, { period, sellerId }: Pick<Limit, 'period' | 'sellerId'>): string {
  return words.limitName(period, sellerId === null ? null : (sellerNames[sellerId] ?? sellerId))
}

function quietRows(atStart: ControlsAt, atEnd: ControlsAt, writing: StatementWriting): string[][] {
  const whose = [...new Set([...atStart.quietHours, ...atEnd.quietHours].map(({ memberId }) => memberId))]
  return whose.map((memberId) => {
    const at = ({ quietHours }: ControlsAt) => hoursText(quietHours.filter((hours) => hours.memberId === memberId), writing)
    return row(writing, writing.words.quietHours, memberId, at(atStart), at(atEnd))
  })
}

function hoursText(hours: readonly Omit<Hours, 'memberId'>[], { format, words }: StatementWriting): string {
  if (hours.length === 0) return words.none
  const alike = Map.groupBy(hours, ({ fromMinute, toMinute }) => `${format.timeOfDay(fromMinute)} – ${format.timeOfDay(toMinute)}`)
  return [...alike].map(([time, days]) => `${format.list(days.map(({ weekday }) => format.weekday(weekday)))} ${time}`).join('; ')
}

function exclusionRows(atStart: ControlsAt, atEnd: ControlsAt, writing: StatementWriting): string[][] {
  const whose = [...new Set([...atStart.exclusions, ...atEnd.exclusions].map(({ memberId }) => memberId))]
  return whose.map((memberId) => {
    const at = ({ exclusions }: ControlsAt) => {
      const state = exclusions.find((one) => one.memberId === memberId)?.state
      return !state || state.kind === 'none' ? writing.words.none : writing.words.exclusions[state.kind](writing.format.dateTime(state.until))
    }
    return row(writing, writing.words.exclusion, memberId, at(atStart), at(atEnd))
  })
}

export function changesBlocks({ controls }: StatementData, writing: StatementWriting): PaperBlock[] {
  if (!controls) return []
  const { words, format, hasMembers } = writing
  const heading = { kind: 'heading', level: 2, text: words.changes } as const
  if (controls.changes.length === 0) return [heading, { kind: 'paragraph', text: words.noChanges, tone: 'quiet' }]
  const currency = (controls.atEnd.household ?? controls.atStart.household)?.currency ?? ''
  const rows = controls.changes.map((event) => [
    format.dateTime(event.at),
    event.by ?? words.deciders[deciderOf(event, hasMembers)],
    words.events[event.what.kind],
    ...(hasMembers ? [event.about ?? words.household] : []),
    detailOf(event.what, currency, writing),
  ])
  const columns = [
    { title: words.date, align: 'start', share: 4 } as const,
    { title: words.decidedBy, align: 'start', share: 3 } as const,
    { title: words.whatHappened, align: 'start', share: 4 } as const,
    ...(hasMembers ? [{ title: words.forWhom, align: 'start', share: 3 } as const] : []),
    { title: words.control, align: 'start', share: 5 } as const,
  ]
  return [heading, { kind: 'table', columns, rows, totals: [] }]
}

/** Whoever has no name: a machine, or the adult who used this before there were members. */
function deciderOf({ what }: ControlEvent, hasMembers: boolean): 'alone' | 'before' | 'tuppence' | 'gateway' {
  if (what.kind === 'adopted') return 'gateway'
  if (what.kind === 'lapsed') return 'tuppence'
  return hasMembers ? 'before' : 'alone'
}

function detailOf(what: ControlEvent['what'], currency: string, writing: StatementWriting): string {
  const { words, format } = writing
  if ('change' in what) return changeText(what.change, currency, writing)
  switch (what.kind) {
    case 'begun':
      return `${what.currency}, ${what.zone}`
    case 'excluded':
      return words.until(format.dateTime(what.until))
    case 'householdBegun':
      return format.list(what.members)
    case 'renamed':
      return what.name
    default:
      return ''
  }
}

function changeText(change: Change, currency: string, writing: StatementWriting): string {
  const { words, names } = writing
  switch (change.kind) {
    case 'limit':
      return `${limitName(writing, change)}: ${change.amount === null ? words.noLimit : moneyOf(writing, change.amount, currency)}`
    case 'quietHours':
      return `${words.quietHours}: ${hoursText(change.hours, writing)}`
    case 'zone':
      return `${words.calendarOf}: ${change.zone}`
    case 'monitoring':
      return `${words.monitoring}: ${words.takeover} – ${words.levels[change.takeover]}; ${words.burst} – ${words.levels[change.burst]}`
    case 'member':
      return `${names[change.memberId] ?? change.memberId}: ${words.roles[change.role]}`
  }
}
