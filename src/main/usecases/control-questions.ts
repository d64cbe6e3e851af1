/** The questions that main asks before it changes a control: what changes, from when, and what cannot be undone. */
import type { Appearance } from '../../contract/ipc/status.ts'
import type { Change, Controls, Household, Limit } from '../../domain/controls.ts'
import { limitFor } from '../../domain/control-parts.ts'
import type { ExclusionLength } from '../../domain/exclusion.ts'
import { minorUnitDigits, toDecimal } from '../../domain/money.ts'
import { hasMembers, memberOf } from '../../domain/roles.ts'
import type { QuietHours } from '../../domain/quiet-hours.ts'
import type { Question } from '../ports/ask-person.ts'
import { controlWords, type ControlWords } from './control-words.ts'

export interface QuestionStyle extends Pick<Appearance, 'language' | 'locale'> {
  /** What the seller is called; the id itself where nobody knows. */
  readonly sellerName: (sellerId: string) => string
  readonly memberName: (memberId: string) => string
  /** Of the computer; for whoever has no household yet. */
  readonly systemZone: string
}

interface About {
  readonly before: Controls
  readonly change: Change
  readonly household: Household
  /** What loosens is a guardian's with their second factor as well, as what they agree to is. */
  readonly wantsCode?: boolean
}

const withCode = (wantsCode = false) => (wantsCode ? { wantsCode } as const : {})

export function tightenQuestion(style: QuestionStyle, about: About): Question {
  const words = controlWords[style.language]
  const { title, confirm, detail: main } = tighteningWords(words, about.change)
  const begins = about.before.household ? [] : [words.begins(about.household)]
  const detail = [main, ...begins].join('\n\n')
  return { title, confirm, cancel: words.cancel, message: changeSentence(style, about), detail, ...withCode(about.wantsCode) }
}

/** Who belongs to a household as what is no control to whoever reads it. */
function tighteningWords({ tighten, changeRole, removeMember }: ControlWords, change: Change): Omit<Question, 'message' | 'cancel'> {
  if (change.kind !== 'member') return tighten
  return change.role === 'removed' ? removeMember : changeRole
}

export function loosenQuestion(style: QuestionStyle, about: About): Question {
  const words = controlWords[style.language]
  return { ...words.loosen, cancel: words.cancel, message: `${changeSentence(style, about)} ${words.notYet}`, ...withCode(about.wantsCode) }
}

export function confirmQuestion(style: QuestionStyle, about: About): Question {
  const words = controlWords[style.language]
  return { ...words.confirmLoosening, cancel: words.cancel, message: changeSentence(style, about), ...withCode(about.wantsCode) }
}

export function withdrawQuestion(style: QuestionStyle, about: About): Question {
  const words = controlWords[style.language]
  const { detail, ...withdraw } = words.withdraw
  return { ...withdraw, cancel: words.cancel, detail: `${words.waiting} ${changeSentence(style, about)}\n\n${detail}` }
}

export function reminderQuestion(style: QuestionStyle, after: number | null): Question {
  const words = controlWords[style.language]
  return { ...words.reminder, cancel: words.cancel, message: after === null ? words.noReminder : words.remindAfter(after) }
}

export function excludeQuestion(
  style: QuestionStyle,
  { length, untilMs, zone, other = null }: { readonly length: ExclusionLength; readonly untilMs: number; readonly zone: string | null; readonly other?: string | null },
): Question {
  const words = controlWords[style.language]
  const timeZone = zone ?? style.systemZone
  const until = new Intl.DateTimeFormat(style.locale, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(untilMs)
  const { title, confirm, message, detail } = other === null ? words.exclude : words.excludeMember(style.memberName(other))
  return { title, confirm, cancel: words.cancel, message: message(words.lengths[length]), detail: detail(until) }
}

/** `other` is the minor for whom a guardian says it; null for oneself, or the household. */
export function returnQuestion(style: QuestionStyle, { other = null, wantsCode }: { readonly other?: string | null; readonly wantsCode?: boolean } = {}): Question {
  const words = controlWords[style.language]
  const question = other === null ? words.comeBack : words.comeBackMember(style.memberName(other))
  return { ...question, cancel: words.cancel, ...withCode(wantsCode) }
}

/** What will be otherwise, in one sentence. */
function changeSentence(style: QuestionStyle, { before, change, household }: About): string {
  const words = controlWords[style.language]
  switch (change.kind) {
    case 'limit':
      return `${whose(style, before, change)}${limitSentence(style, change, limitFor(before, change), household.currency)}`
    case 'quietHours':
      return `${whose(style, before, change)}${hoursSentence(style, change)}`
    case 'zone':
      return words.zone(household.zone, change.zone)
    case 'member':
      return memberSentence(style, before, change)
    case 'monitoring':
      return `${whose(style, before, change)}${words.monitoring(change)}`
  }
}

/** Once there are members, a limit says whose it is. */
function whose(style: QuestionStyle, before: Controls, { memberId }: { readonly memberId?: string }): string {
  const words = controlWords[style.language]
  if (memberId !== undefined) return `${words.forMember(style.memberName(memberId))} `
  return hasMembers(before) ? `${words.forHousehold} ` : ''
}

function hoursSentence(style: QuestionStyle, { hours }: Extract<Change, { kind: 'quietHours' }>): string {
  const words = controlWords[style.language]
  return hours.length === 0 ? words.noQuietHours : words.quietHours(hours.map((one) => hoursIn(style, words, one)).join(', '))
}

function memberSentence(style: QuestionStyle, before: Controls, { memberId, role }: Extract<Change, { kind: 'member' }>): string {
  const words = controlWords[style.language]
  const name = style.memberName(memberId)
  if (role === 'removed') return words.memberGoes(name)
  return memberOf(before, memberId) ? words.memberAs(name, words.roles[role]) : words.memberComes(name, words.roles[role])
}

function limitSentence(style: QuestionStyle, change: Extract<Change, { kind: 'limit' }>, before: Limit | null, currency: string): string {
  const words = controlWords[style.language]
  const name = words.limitName(change.period, change.sellerId === null ? null : style.sellerName(change.sellerId))
  const money = (amount: string) => amountIn(style.locale, amount, currency)
  if (change.amount === null) return words.limitGone(name, before ? money(before.amount) : '')
  return before ? words.limitFromTo(name, money(before.amount), money(change.amount)) : words.limitNew(name, money(change.amount))
}

/** With the decimals of ISO 4217: the data of `Intl` has fewer for some currencies, and would hide them. */
export function amountIn(locale: string, amount: string, currency: string): string {
  const digits = minorUnitDigits(currency)
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits })
  return format.format(toDecimal({ amount: BigInt(amount), currency }) as Intl.StringNumericLiteral)
}

/** 5 January 1970 was a Monday. */
const mondayMs = 4 * 24 * 60 * 60_000

function hoursIn({ locale }: QuestionStyle, words: ControlWords, { weekday, fromMinute, toMinute }: QuietHours): string {
  const timeZone = 'UTC'
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone })
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone })
  const at = (minute: number) => time.format(minute * 60_000)
  return words.hours(day.format(mondayMs + (weekday - 1) * 24 * 60 * 60_000), at(fromMinute), at(toMinute))
}
