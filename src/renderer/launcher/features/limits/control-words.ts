import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Change, LimitKey } from '../../../../contract/controls.ts'
import type { ControlEvent, ControlsRefusal } from '../../../../contract/ipc/controls.ts'
import { assertNever } from '../../../assert-never.ts'
import { useFormat } from '../../../i18n/format-context.ts'
import { periodWords } from '../../../words/limit-words.tsx'
import type { Explanation } from '../../../words/refusal-words.ts'
import { harmWords, levelWords } from '../../../words/monitoring-words.tsx'
import { roleWords } from '../../../words/role-words.ts'
import { useFeature } from '../../app/stores.ts'
import { useMemberNames } from '../household/use-member-names.ts'
import { groupHours } from './quiet-rows.ts'

/** Why a change of a control was not made. Nothing has changed then. */
export const controlsRefusalWords: Record<ControlsRefusal, Explanation> = {
  noChange: { what: msg`It is like that already.`, next: msg`There is nothing to do.` },
  impossible: { what: msg`There is no such limit, zone or currency, or no guardian would be left.`, next: msg`Look at what you entered, then ask again.` },
  tooSoon: { what: msg`The half minute to think it over is not over.`, next: msg`Wait until the circle is full, then ask again.` },
  tooEarly: { what: msg`The day of waiting is not over by the gateway’s clock.`, next: msg`Come back at the time that is shown.` },
  gone: { what: msg`It no longer waits: it was withdrawn, has lapsed or is in force.`, next: msg`The list shows what is the case now.` },
  notAllowed: { what: msg`That is for a guardian to decide, or for the person themselves.`, next: msg`Ask a guardian.` },
  locked: { what: msg`No profile is open.`, next: msg`Open yours, then try again.` },
  excluded: {
    what: msg`Whoever is excluded from buying loosens nothing, and while a grown-up is, nobody comes in or gets an older role.`,
    next: msg`Come back when the exclusion has ended.`,
  },
  notLonger: { what: msg`A self-exclusion is never shortened.`, next: msg`Choose one that ends later.` },
  notEnded: { what: msg`No self-exclusion has ended by the gateway’s clock.`, next: msg`Come back at the time that is shown.` },
  otherAccount: {
    what: msg`The limits on this computer are shared with an account that is not signed in.`,
    next: msg`Sign in to that account to change this.`,
  },
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
  frozen: msg`Buying frozen after a purchase that was somebody else’s`,
  thawed: msg`Buying goes on`,
  reminderSet: msg`Reminder set`,
  householdBegun: msg`Household begun`,
  pinSet: msg`New PIN`,
  secondFactorSet: msg`New authenticator and recovery codes`,
  renamed: msg`Name changed`,
  adopted: msg`Stricter controls taken over`,
  warned: msg`Told that a limit comes near its end`,
}

type Who = 'you' | 'before' | 'tuppence' | 'gateway'

const whoWords: Record<Who, MessageDescriptor> = { you: msg`You`, before: msg`One adult alone`, tuppence: msg`Tuppence`, gateway: msg`The gateway` }

/** Whoever has no name: a machine, or the adult who used this before there were members. */
function whoOf(kind: ControlEvent['what']['kind'], hasMembers: boolean): Who {
  if (kind === 'adopted') return 'gateway'
  return kind === 'lapsed' || kind === 'warned' ? 'tuppence' : hasMembers ? 'before' : 'you'
}

/** What limits, sellers, people and times are called. */
function useNames(currency: string) {
  const { t } = useLingui()
  const format = useFormat()
  const { nameOf } = useMemberNames()
  const catalogue = useFeature('catalogue', (state) => state.catalogue)
  const sellers = catalogue.kind === 'ok' ? catalogue.sellers : []

  const money = (amount: string) => format.money({ amount, currency })
  const sellerName = (sellerId: string | null) =>
    sellerId === null ? t`All sellers` : (sellers.find(({ id }) => id === sellerId)?.name ?? sellerId)
  const limitName = ({ period, sellerId }: LimitKey) => `${t(periodWords[period])} · ${sellerName(sellerId)}`
  /** With whose it is, where it stands among those of others. */
  const whose = (memberId: string | undefined) => (memberId === undefined ? '' : `${nameOf(memberId)} · `)
  const fullLimitName = (limit: LimitKey) => `${whose(limit.memberId)}${limitName(limit)}`

  const day = (weekday: number) => format.weekday(weekday, 'short')
  const days = (weekdays: readonly number[]) => {
    const [first = 1, last = 1] = [weekdays[0], weekdays.at(-1)]
    if (weekdays.length === 7) return t`Every day`
    if (weekdays.length > 2 && last - first === weekdays.length - 1) return `${day(first)} – ${day(last)}`
    return format.list(weekdays.map(day))
  }
  const hoursText = (fromMinute: number, toMinute: number) => `${format.timeOfDay(fromMinute)} – ${format.timeOfDay(toMinute)}`

  return { money, sellers, sellerName, nameOf, limitName, fullLimitName, whose, days, hoursText }
}

/** What limits, changes and their log are called, in the page's language. */
export function useControlWords(currency: string) {
  const { t } = useLingui()
  const format = useFormat()
  const names = useNames(currency)
  const { money, nameOf, fullLimitName, whose, days, hoursText } = names

  function changeText(change: Change): string {
    switch (change.kind) {
      case 'limit':
        return `${fullLimitName(change)}: ${change.amount === null ? t`no limit` : money(change.amount)}`
      case 'quietHours': {
        const rows = groupHours(change.hours).map((row) => `${days(row.weekdays)} ${hoursText(row.fromMinute, row.toMinute)}`)
        return `${whose(change.memberId)}${t`Quiet hours`}: ${rows.length === 0 ? t`none` : rows.join('; ')}`
      }
      case 'zone':
        return `${t`Calendar`}: ${change.zone}`
      case 'member':
        return `${nameOf(change.memberId)}: ${change.role === 'removed' ? t`not in the household` : t(roleWords[change.role])}`
      case 'monitoring': {
        const [takeover, burst] = [t(levelWords[change.takeover]), t(levelWords[change.burst])]
        return `${whose(change.memberId)}${t`Monitoring`}: ${t(harmWords.takeover)} – ${takeover}; ${t(harmWords.burst)} – ${burst}`
      }
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
        return t`${what.percent}% of ${fullLimitName(what)}: ${money(what.amount)}`
      case 'householdBegun':
        return format.list(what.members)
      case 'renamed':
        return what.name
      case 'pinSet':
      case 'secondFactorSet':
      case 'returnAsked':
      case 'frozen':
      case 'thawed':
      case 'adopted':
        return ''
      default:
        return assertNever(what)
    }
  }

  return {
    ...names,
    changeText,
    /** One line of the log: what happened, who did it, whom it is about, and to what. */
    eventText: ({ what, by, about }: ControlEvent, hasMembers: boolean) => ({
      what: t(eventWords[what.kind]),
      who: by ?? t(whoWords[whoOf(what.kind, hasMembers)]),
      about: about ?? t`Household`,
      detail: detailText(what),
    }),
  }
}
