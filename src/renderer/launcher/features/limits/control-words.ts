import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Change, LimitKey } from '../../../../contract/controls.ts'
import type { ControlEvent, ControlsRefusal } from '../../../../contract/ipc/controls.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { periodWords } from '../../../words/limit-words.tsx'
import type { Explanation } from '../../../words/refusal-words.ts'
import { useFeature } from '../../app/stores.ts'
import { groupHours } from './quiet-rows.ts'

/** Why a change of a control was not made. Nothing has changed then. */
export const controlsRefusalWords: Record<ControlsRefusal, Explanation> = {
  noChange: { what: msg`It is like that already.`, next: msg`There is nothing to do.` },
  impossible: { what: msg`That cannot be a limit, a zone or a currency here.`, next: msg`Look at what you entered, then ask again.` },
  tooSoon: { what: msg`The half minute to think it over is not over.`, next: msg`Wait until the circle is full, then ask again.` },
  tooEarly: { what: msg`The day of waiting is not over by the gateway’s clock.`, next: msg`Come back at the time that is shown.` },
  gone: { what: msg`It no longer waits: it was withdrawn, has lapsed or is in force.`, next: msg`The list shows what is the case now.` },
  notLonger: { what: msg`A self-exclusion is never shortened.`, next: msg`Choose one that ends later.` },
  notEnded: { what: msg`No self-exclusion has ended by the gateway’s clock.`, next: msg`Come back at the time that is shown.` },
  gatewayUnreachable: {
    what: msg`This needs the gateway’s clock, and the gateway did not answer.`,
    next: msg`Check your internet connection, then ask again.`,
  },
  keychainUnavailable: { what: msg`Your computer’s keychain cannot be used.`, next: msg`Unlock or set up the keychain, then ask again.` },
  ledgerUnavailable: {
    what: msg`Nothing can be written to your ledger, where limits are kept.`,
    next: msg`Read the notice at the top of the window and follow it, then ask again.`,
  },
}

const eventWords: Record<ControlEvent['what']['kind'], MessageDescriptor> = {
  begun: msg`Limits begun`,
  tightened: msg`Set, acts at once`,
  looseningAsked: msg`Asked for, waits`,
  loosened: msg`Confirmed, acts now`,
  withdrawn: msg`Withdrawn`,
  lapsed: msg`Lapsed without a second yes`,
  excluded: msg`Excluded from buying`,
  returnAsked: msg`Asked to buy again`,
  reminderSet: msg`Reminder set`,
  adopted: msg`Stricter controls taken over`,
  warned: msg`Told that a limit comes near its end`,
}

type Who = 'you' | 'tuppence' | 'gateway'

const whoWords: Record<Who, MessageDescriptor> = { you: msg`You`, tuppence: msg`Tuppence`, gateway: msg`The gateway` }

function whoOf(kind: ControlEvent['what']['kind']): Who {
  if (kind === 'adopted') return 'gateway'
  return kind === 'lapsed' || kind === 'warned' ? 'tuppence' : 'you'
}

function useNames(currency: string) {
  const { t } = useLingui()
  const format = useFormat()
  const catalogue = useFeature('catalogue', (state) => state.catalogue)
  const sellers = catalogue.kind === 'ok' ? catalogue.sellers : []

  const money = (amount: string) => format.money({ amount, currency })
  const sellerName = (sellerId: string | null) =>
    sellerId === null ? t`All sellers` : (sellers.find(({ id }) => id === sellerId)?.name ?? sellerId)
  const limitName = ({ period, sellerId }: LimitKey) => `${t(periodWords[period])} · ${sellerName(sellerId)}`

  const day = (weekday: number) => format.weekday(weekday, 'short')
  const days = (weekdays: readonly number[]) => {
    const [first = 1, last = 1] = [weekdays[0], weekdays.at(-1)]
    if (weekdays.length === 7) return t`Every day`
    if (weekdays.length > 2 && last - first === weekdays.length - 1) return `${day(first)} – ${day(last)}`
    return format.list(weekdays.map(day))
  }
  const hoursText = (fromMinute: number, toMinute: number) => `${format.timeOfDay(fromMinute)} – ${format.timeOfDay(toMinute)}`

  return { money, sellers, sellerName, limitName, days, hoursText }
}

/** What limits, changes and their log are called, in the page's language. */
export function useControlWords(currency: string) {
  const { t } = useLingui()
  const format = useFormat()
  const names = useNames(currency)
  const { money, limitName, days, hoursText } = names

  function changeText(change: Change): string {
    switch (change.kind) {
      case 'limit':
        return `${limitName(change)}: ${change.amount === null ? t`no limit` : money(change.amount)}`
      case 'quietHours': {
        const rows = groupHours(change.hours).map((row) => `${days(row.weekdays)} ${hoursText(row.fromMinute, row.toMinute)}`)
        return `${t`Quiet hours`}: ${rows.length === 0 ? t`none` : rows.join('; ')}`
      }
      case 'zone':
        return `${t`Calendar`}: ${change.zone}`
      default:
        return assertNever(change)
    }
  }

  function detailText(what: ControlEvent['what']): string {
    switch (what.kind) {
      case 'begun':
        return `${what.currency}, ${what.zone}`
      case 'tightened':
      case 'looseningAsked':
      case 'loosened':
      case 'withdrawn':
      case 'lapsed':
        return changeText(what.change)
      case 'excluded':
        return t`until ${format.dateTime(what.until)}`
      case 'reminderSet':
        return what.after === null ? t`never` : t`after ${what.after} purchases within an hour`
      case 'warned':
        return t`${what.percent}% of ${limitName(what)}: ${money(what.amount)}`
      case 'returnAsked':
      case 'adopted':
        return ''
      default:
        return assertNever(what)
    }
  }

  return {
    ...names,
    changeText,
    /** One line of the log: what happened, who did it, and to what. */
    eventText: ({ what }: ControlEvent) => ({ what: t(eventWords[what.kind]), who: t(whoWords[whoOf(what.kind)]), detail: detailText(what) }),
  }
}
