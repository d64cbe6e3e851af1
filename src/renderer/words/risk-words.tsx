import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { Harm, Risk, RiskSign } from '../../contract/ipc/risk.ts'
import { assertNever } from '../assert-never.ts'
import { useFormat } from '../i18n/format-context.ts'

/** What the harm is, before its reasons. `isYours`: whoever reads it is who buys. */
function HarmText({ harm, isYours }: { harm: Harm; isYours: boolean }) {
  switch (harm) {
    case 'takeover':
      return isYours ? <Trans>This does not look like your purchases so far:</Trans> : <Trans>This does not look like their purchases so far:</Trans>
    case 'burst':
      return isYours ? <Trans>You are buying faster than you usually do:</Trans> : <Trans>They are buying faster than they usually do:</Trans>
    default:
      return assertNever(harm)
  }
}

/** Reasons in words with their numbers: `9 purchases in 20 minutes; your usual is 2 a day`. */
function useRiskWords(isYours: boolean): (sign: RiskSign) => string {
  const { t } = useLingui()
  const format = useFormat()
  const usual = isYours ? t`your usual` : t`the usual`
  const number = (value: number) => format.count(value >= 10 ? Math.round(value) : Math.round(value * 10) / 10)
  const money = (amount: number, currency: string) => format.money({ amount: Math.round(amount).toString(), currency })
  /** As long as it is: minutes, hours or days. */
  const span = (minutes: number) => {
    if (minutes < 120) return t`${plural(Math.round(minutes), { one: '# minute', other: '# minutes' })}`
    if (minutes < 2 * 1440) return t`${plural(Math.round(minutes / 60), { one: '# hour', other: '# hours' })}`
    return t`${plural(Math.round(minutes / 1440), { one: '# day', other: '# days' })}`
  }
  const purchases = (count: number) => t`${plural(count, { one: '# purchase', other: '# purchases' })}`

  return function riskWords(sign) {
    switch (sign.code) {
      case 'amountHigh':
      case 'amountLow':
        return t`${money(sign.amount, sign.currency)}; ${usual} is about ${money(sign.usual, sign.currency)}`
      case 'unitPriceHigh':
        return t`${money(sign.unitAmount, sign.currency)} for one; ${usual} is about ${money(sign.usual, sign.currency)}`
      case 'amountsGrown':
        return t`about ${money(sign.lately, sign.currency)} each lately; before that it was ${money(sign.longAgo, sign.currency)}`
      case 'hourUnusual':
        return t`the time of day, ${format.timeOfDay(sign.hour * 60)}; ${number(sign.percent)}% of purchases are around it`
      case 'weekdayUnusual':
        return t`the day, ${format.weekday(sign.weekday, 'long')}; ${number(sign.percent)}% of purchases are on it`
      case 'sellerNew':
        return t`a new seller; ${plural(sign.known, { one: '# is known', other: '# are known' })}`
      case 'kindNew':
        return t`a new kind of purchase; ${plural(sign.known, { one: '# is known', other: '# are known' })}`
      case 'currencyNew':
        return t`paid in ${sign.paidIn} for the first time`
      case 'longPause':
        return t`${span(sign.days * 1440)} since the last purchase; ${usual} is ${span(sign.usualDays * 1440)}`
      case 'soonAgain':
        return t`${span(sign.minutes)} since the last purchase; ${usual} is ${span(sign.usualMinutes)}`
      case 'manyInMinutes':
      case 'manyInDay':
      case 'manyInWeek':
        return t`${purchases(sign.count)} in ${span(sign.minutes)}; ${usual} is ${number(sign.usual)}`
      case 'longSitting':
        return t`${purchases(sign.count)} one after the other in ${span(sign.minutes)}; ${usual} is ${number(sign.usual)}`
      case 'aheadOfPace':
        return t`${purchases(sign.count)} in ${span(sign.minutes)}; ${usual} is ${number(sign.perDay)} a day`
      case 'manyDays':
        return t`purchases on ${number(sign.days)} of the last 7 days; ${usual} is ${number(sign.usual)}`
      case 'spentInDay':
        return t`${money(sign.sum, sign.currency)} in a day; ${usual} is about ${money(sign.usual, sign.currency)}`
      case 'spentInWeek':
        return t`${money(sign.sum, sign.currency)} in a week; ${usual} is about ${money(sign.usual, sign.currency)}`
      case 'sameAgain':
        return t`the same item ${number(sign.count)} times within a day; ${usual} is ${number(sign.usual)}`
      case 'smallCharges':
        return t`${number(sign.count)} small charges in a week, ${money(sign.sum, sign.currency)} together; ${usual} is ${number(sign.usual)}`
      case 'afterDeclines':
        return t`${plural(sign.count, { one: '# declined payment within the last hour', other: '# declined payments within the last hour' })}`
      case 'wrongPins':
        return t`${plural(sign.count, { one: '# wrong PIN within the last day', other: '# wrong PINs within the last day' })}`
      case 'wrongCodes':
        return t`${plural(sign.count, { one: '# wrong code within the last day', other: '# wrong codes within the last day' })}`
      case 'newDevice':
        return t`a device was added to the account ${span(sign.days * 1440)} ago`
      case 'afterWarning':
        return t`${span(sign.minutes)} after a limit was nearly used up`
      case 'afterCap':
        return t`${span(sign.minutes)} after a limit stood in the way`
      case 'latelyUnlike':
        return t`${plural(sign.count, { one: 'the latest purchase is unlike those before', other: 'the # latest purchases together are unlike those before' })}`
      case 'oftenUnlike':
        return t`${number(sign.count)} of ${number(sign.of)} purchases within a week are unlike those before`
      case 'hoursUnlike':
        return t`${number(sign.count)} of ${number(sign.of)} purchases within a week at unusual times of day`
      case 'sellersUnlike':
        return t`${number(sign.count)} of ${number(sign.of)} purchases within a week at sellers that were new`
      case 'rareTogether':
        return t`all of it together; ${number(sign.percent)}% as common as the other purchases`
      case 'saidNotMe':
        return t`${span(sign.days * 1440)} ago it was said that a purchase was somebody else’s`
      default:
        return assertNever(sign)
    }
  }
}

interface RiskReasonsProps {
  readonly risk: Pick<Risk, 'bands' | 'reasons'>
  readonly isYours: boolean
  /** Of the part for each harm, and of the list in it. */
  readonly className?: string | undefined
  readonly listClassName?: string | undefined
}

/** Each harm that something followed from, with its reasons and their numbers. */
export function RiskReasons({ risk: { bands, reasons }, isYours, className, listClassName }: RiskReasonsProps) {
  const words = useRiskWords(isYours)
  const harms = (['takeover', 'burst'] as const).filter((harm) => bands[harm] !== 'nothing')
  return harms.map((harm) => (
    <div key={harm} className={className}>
      <p><HarmText harm={harm} isYours={isYours} /></p>
      <ul className={listClassName}>{reasons.filter((reason) => reason.harm === harm).map(({ sign }) => <li key={sign.code}>{words(sign)}</li>)}</ul>
    </div>
  ))
}
