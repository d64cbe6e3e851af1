/** One line of a file of purchases, and the line that is written for it. */
import * as v from 'valibot'
import { minuteOfWeek } from '../../src/domain/calendar.ts'
import { isCurrency, toDecimal } from '../../src/domain/money.ts'
import { assertNever } from '../../src/domain/assert-never.ts'
import { highestBand, usualThresholds } from '../../src/domain/risk/bands.ts'
import type { RiskPurchase } from '../../src/domain/risk/observation.ts'
import type { Reason, RiskScore } from '../../src/domain/risk/score-reading.ts'
import type { Sign } from '../../src/domain/risk/signs.ts'

/** RFC 3339 with an offset: without one nobody knows when it was. */
const instant = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/

const text = v.pipe(v.string(), v.minLength(1))

const LineSchema = v.object({
  at: v.pipe(
    v.string(),
    v.check((at) => instant.test(at) && Number.isFinite(Date.parse(at)), 'at is no instant with an offset (RFC 3339)'),
  ),
  profile: text,
  seller: text,
  item: text,
  kind: text,
  /** Minor units, as a number or as decimal text. */
  amount: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/))]),
    v.transform(Number),
    v.check((amount) => Number.isSafeInteger(amount) && amount > 0, 'amount is no whole number of minor units above 0'),
  ),
  currency: v.pipe(v.string(), v.check(isCurrency, 'currency is none of ISO 4217')),
})

export type RiskLine = v.InferOutput<typeof LineSchema>

/** The purchase of a line, or what is wrong with it. */
export function readRiskLine(line: string): RiskLine | { readonly problem: string } {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { problem: 'no JSON' }
  }
  const parsed = v.safeParse(LineSchema, value)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  const where = v.getDotPath(issue)
  return { problem: issue.type === 'check' ? issue.message : `${where ?? 'line'}: expected ${issue.expected ?? 'something else'}, not ${issue.received}` }
}

export function purchaseOfLine({ at, seller, item, kind, amount, currency }: RiskLine, number: number, zone: string): RiskPurchase {
  const atMs = Date.parse(at)
  return { type: 'purchase', id: String(number), atMs, minuteOfWeek: minuteOfWeek(atMs, zone), seller, item, kind, amount, currency, paidIn: currency, units: 1 }
}

const share = (value: number) => Math.round(value * 10_000) / 10_000

export function scoreLine({ at, profile }: RiskLine, score: RiskScore): string {
  const { takeover, burst } = score
  const reasons = score.reasons.map(({ harm, effect, sign }: Reason) => ({ harm, effect: share(effect), text: riskWords(sign), ...sign }))
  return `${JSON.stringify({ at, profile, takeover: share(takeover), burst: share(burst), band: highestBand(score, usualThresholds), reasons })}\n`
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const money = (amount: number, currency: string) => `${toDecimal({ amount: BigInt(Math.round(amount)), currency })} ${currency}`
const many = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
const spanOf = (minutes: number) => (minutes < 60 ? many(minutes, 'minute') : minutes < 2 * 1440 ? many(Math.round(minutes / 60), 'hour') : many(Math.round(minutes / 1440), 'day'))

/** A sign in plain words, with its numbers. */
export function riskWords(sign: Sign): string {
  switch (sign.code) {
    case 'amountHigh':
    case 'amountLow':
      return `${money(sign.amount, sign.currency)}; the usual is about ${money(sign.usual, sign.currency)}`
    case 'unitPriceHigh':
      return `${money(sign.unitAmount, sign.currency)} for one; the usual is about ${money(sign.usual, sign.currency)}`
    case 'amountsGrown':
      return `purchases have grown from about ${money(sign.longAgo, sign.currency)} to ${money(sign.lately, sign.currency)}`
    case 'hourUnusual':
      return `bought between ${sign.hour}:00 and ${sign.hour + 1}:00; ${sign.percent} % of earlier purchases were near that time`
    case 'weekdayUnusual':
      return `bought on a ${weekdays[sign.weekday - 1]}; ${sign.percent} % of earlier purchases were`
    case 'sellerNew':
      return `a seller that is hardly known; that is so in ${sign.percent} % of purchases, and ${many(sign.known, 'seller')} are known`
    case 'kindNew':
      return `a kind of item that is hardly known; that is so in ${sign.percent} % of purchases`
    case 'currencyNew':
      return `paid in ${sign.paidIn}, which is hardly known`
    case 'longPause':
      return `the first purchase after ${many(sign.days, 'day')}; the usual is ${many(sign.usualDays, 'day')}`
    case 'soonAgain':
      return `${many(sign.minutes, 'minute')} after the one before; the usual is ${spanOf(sign.usualMinutes)}`
    case 'manyInMinutes':
    case 'manyInDay':
    case 'manyInWeek':
      return `${many(sign.count, 'purchase')} in ${spanOf(sign.minutes)}; the usual is ${sign.usual}`
    case 'longSitting':
      return `${many(sign.count, 'purchase')} in one sitting of ${spanOf(sign.minutes)}; the usual is ${sign.usual}`
    case 'aheadOfPace':
      return `${many(sign.count, 'purchase')} in ${spanOf(sign.minutes)}; the usual is ${sign.perDay} a day`
    case 'manyDays':
      return `purchases on ${sign.days} of the last 7 days; the usual is ${sign.usual}`
    case 'spentInDay':
      return `${money(sign.sum, sign.currency)} within a day; the usual is about ${money(sign.usual, sign.currency)}`
    case 'spentInWeek':
      return `${money(sign.sum, sign.currency)} within a week; the usual is about ${money(sign.usual, sign.currency)}`
    case 'sameAgain':
      return `the same item ${many(sign.count, 'time')} within a day; the usual is ${sign.usual}`
    case 'smallCharges':
      return `${many(sign.count, 'small charge')} within a week, ${money(sign.sum, sign.currency)} together; the usual is ${sign.usual}`
    case 'afterDeclines':
      return `right after ${many(sign.count, 'declined charge')}`
    case 'wrongPins':
      return `after ${many(sign.count, 'wrong PIN')}`
    case 'wrongCodes':
      return `after ${many(sign.count, 'wrong code')}`
    case 'newDevice':
      return `a device was added ${many(sign.days, 'day')} ago`
    case 'afterWarning':
      return `${spanOf(sign.minutes)} after a warning that a limit is nearly used up`
    case 'afterCap':
      return `${spanOf(sign.minutes)} after a limit was used up`
    case 'latelyUnlike':
      return `the latest ${many(sign.count, 'purchase')} together are unlike the earlier ones`
    case 'oftenUnlike':
      return `${sign.count} of ${many(sign.of, 'purchase')} in the last week were rather like those of somebody else`
    case 'hoursUnlike':
      return `${sign.count} of ${many(sign.of, 'purchase')} in the last week were at hours at which hardly any were before`
    case 'sellersUnlike':
      return `${sign.count} of ${many(sign.of, 'purchase')} in the last week were at sellers that were hardly known`
    case 'rareTogether':
      return `time, amount, seller and pause together are ${sign.percent} % as usual as those of other purchases`
    case 'saidNotMe':
      return `${many(sign.days, 'day')} after somebody said that a purchase was not theirs`
    default:
      return assertNever(sign)
  }
}
