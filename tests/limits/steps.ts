/** What people, gateway and clocks may do in a trace, at random. */
import fc from 'fast-check'
import { withWatch } from '../../src/domain/control-parts.ts'
import { type Change, type Limit, type LimitKey, type Member, memberRoles, type SharedControls, type Watch } from '../../src/domain/controls.ts'
import type { ExclusionLength } from '../../src/domain/exclusion.ts'
import { type MonitoringLevels, monitoringLevels } from '../../src/domain/monitoring.ts'
import type { QuietHours } from '../../src/domain/quiet-hours.ts'

export const zones = ['Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu', 'Asia/Beirut', 'Australia/Lord_Howe', 'UTC'] as const

export interface Purchase {
  readonly sellerId: string
  readonly amount: number
}

export interface ImportedPurchase {
  readonly amount: number
  readonly aheadMs: number
  readonly is: 'charge' | 'refund' | 'otherCurrency'
}

/** `pick` chooses one of those that there are. */
export type Step =
  /** The question is put, and answered at once or by a later step. */
  | ({ readonly do: 'buy' | 'ask' } & Purchase)
  | { readonly do: 'answer'; readonly pick: number }
  | { readonly do: 'settle'; readonly pick: number; readonly as: 'succeeded' | 'declined' | 'voided' | 'unknown' | 'refunded' | 'chargedBack' }
  /** By a guardian, or by whoever's profile is open. */
  | { readonly do: 'change'; readonly change: Change; readonly isGuardians: boolean }
  | { readonly do: 'confirm' | 'withdraw'; readonly pick: number; readonly isGuardians: boolean }
  | { readonly do: 'adopt'; readonly limits: readonly Limit[]; readonly hours: readonly QuietHours[]; readonly excludedMs: number | null; readonly people: readonly Member[] }
  | { readonly do: 'exclude'; readonly length: ExclusionLength; readonly pick: number }
  | { readonly do: 'return' | 'look'; readonly pick: number }
  /** From then on there are members, where there were none. */
  | { readonly do: 'begin' }
  /** Somebody else sits down at the computer. */
  | { readonly do: 'open'; readonly pick: number }
  /** A minor wants what they may not buy. */
  | ({ readonly do: 'request'; readonly pick: number } & Purchase)
  /** By a guardian, or by anybody at all; perhaps at another price than was asked for. */
  | { readonly do: 'grant'; readonly pick: number; readonly by: number | null; readonly isDearer: boolean }
  | { readonly do: 'deny'; readonly pick: number }
  /** Bought elsewhere, by whoever’s profile is open. `aheadMs` is from now on, mostly below nothing. */
  | { readonly do: 'import'; readonly rows: readonly ImportedPurchase[]; readonly counts: boolean; readonly isUndone: boolean }
  /** Of the gateway, which only goes on. */
  | { readonly do: 'wait'; readonly ms: number }
  /** Of the computer, which anybody may set. */
  | { readonly do: 'setClock'; readonly ms: number }

export interface Trace {
  readonly startMs: number
  readonly zone: string
  readonly hasMembers: boolean
  readonly steps: readonly Step[]
}

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const sellerId = fc.constantFrom('seller-1', 'seller-2', 'seller-3')
const cap = fc.oneof(fc.integer({ min: 0, max: 1500 }), fc.constantFrom(0, 300, 500, 1000)).map(String)
const plainKey: fc.Arbitrary<LimitKey> = fc.record({
  period: fc.constantFrom('purchase', 'day', 'week', 'month'),
  sellerId: fc.option(fc.constantFrom('seller-1', 'seller-2'), { freq: 3 }),
})
/** Who is there from the beginning, and who may come. */
const known = fc.constantFrom('guardian', 'adult', 'teen', 'child')
const anybody = fc.oneof({ weight: 3, arbitrary: known }, { weight: 2, arbitrary: fc.constantFrom('new-1', 'new-2') })
/** Of nobody in particular, or of a member. */
const whose = fc.option(known, { nil: undefined }).map((memberId) => (memberId === undefined ? {} : { memberId }))
const key = fc.tuple(plainKey, whose).map(([where, who]): LimitKey => ({ ...where, ...who }))
const member: fc.Arbitrary<Member> = fc.record({ memberId: anybody, role: fc.constantFrom(...memberRoles) })
const limitOver = (where: fc.Arbitrary<LimitKey>) => fc.tuple(where, cap).map(([of, amount]): Limit => ({ ...of, amount }))
const hours: fc.Arbitrary<QuietHours> = fc
  .record({ weekday: fc.integer({ min: 1, max: 7 }), fromMinute: fc.integer({ min: 0, max: 1439 }), toMinute: fc.integer({ min: 0, max: 1439 }) })
  .filter(({ fromMinute, toMinute }) => fromMinute !== toMinute)
const quietHours = fc.array(hours, { maxLength: 3 })

/** Somebody who may buy nothing without a guardian's yes, at any hour. */
const allWeek: readonly QuietHours[] = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
  { weekday, fromMinute: 0, toMinute: 720 },
  { weekday, fromMinute: 720, toMinute: 0 },
])

const level = fc.constantFrom(...monitoringLevels)
const levels = fc.record({ takeover: level, burst: level })

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(key, fc.option(cap, { freq: 3 })).map(([where, amount]): Change => ({ kind: 'limit', ...where, amount })) },
  { weight: 3, arbitrary: fc.tuple(quietHours, whose).map(([list, who]): Change => ({ kind: 'quietHours', hours: list, ...who })) },
  { weight: 1, arbitrary: known.map((memberId): Change => ({ kind: 'quietHours', hours: allWeek, memberId })) },
  { weight: 5, arbitrary: member.map((who): Change => ({ kind: 'member', ...who })) },
  { weight: 1, arbitrary: fc.constantFrom(...zones).map((zone): Change => ({ kind: 'zone', zone })) },
  { weight: 2, arbitrary: fc.tuple(levels, whose).map(([both, who]): Change => ({ kind: 'monitoring', ...both, ...who })) },
)

const waits = [0, 1, minute, 14 * minute, hour, 6 * hour, day - 1, day, day, 7 * day - 1, 7 * day, 31 * day, 200 * day]
const purchase = { sellerId, amount: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.constantFrom(100, 200)) }
const pick = fc.nat(20)
const imported: fc.Arbitrary<ImportedPurchase> = fc.record({
  amount: fc.integer({ min: 1, max: 400 }),
  aheadMs: fc.oneof(fc.integer({ min: -40 * day, max: 0 }), fc.integer({ min: -day, max: 0 }), fc.integer({ min: 0, max: day })),
  is: fc.constantFrom('charge', 'charge', 'charge', 'refund', 'otherCurrency'),
})
const isGuardians = fc.constantFrom(true, true, true, false)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('buy' as const), ...purchase }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask' as const), ...purchase }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), pick }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('settle' as const), pick, as: fc.constantFrom('succeeded', 'declined', 'voided', 'unknown', 'refunded', 'chargedBack') }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('change' as const), change, isGuardians }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constant('confirm' as const), pick, isGuardians }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), pick, isGuardians }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('adopt' as const), limits: fc.array(limitOver(key), { maxLength: 2 }), hours: quietHours, excludedMs: fc.option(fc.constantFrom(hour, day), { freq: 4 }), people: fc.array(member, { maxLength: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('exclude' as const), length: fc.constantFrom('24hours', '7days', '30days', '6months'), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('return' as const, 'look' as const), pick }) },
  { weight: 1, arbitrary: fc.constant({ do: 'begin' as const }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('open' as const), pick }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('request' as const), pick, ...purchase }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('grant' as const), pick, by: fc.option(pick, { freq: 1 }), isDearer: fc.constantFrom(false, false, false, true) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deny' as const), pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('import' as const), rows: fc.array(imported, { minLength: 1, maxLength: 3 }), counts: fc.constantFrom(true, true, false), isUndone: fc.boolean() }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(...waits) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('setClock' as const), ms: fc.integer({ min: 0, max: Date.UTC(2040, 0) }) }) },
)

export const arbitraryTrace: fc.Arbitrary<Trace> = fc.record({
  startMs: fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) }),
  zone: fc.constantFrom(...zones),
  hasMembers: fc.boolean(),
  steps: fc.array(step, { minLength: 1, maxLength: 90, size: 'max' }),
})

const instant = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2026, 0, 4) }).map((ms) => new Date(Math.floor(ms / day) * day).toISOString())

/** Grown-ups are the same to all: no other comes in by being told of. */
const minor = fc.record({ memberId: fc.constantFrom('new-1', 'new-2', 'new-3'), role: fc.constantFrom('removed', 'child', 'teen') })

/** Each but the guardian has one, as every fold of events gives them to minors. */
const withLimits = (limits: readonly Limit[], members: readonly Member[]) => [
  ...limits,
  ...members.slice(1).map(({ memberId }, index): Limit => ({ period: 'week', sellerId: null, memberId, amount: String(index * 100) })),
]

/** Of one currency and zone, where there is a household at all. */
export const arbitraryShared: fc.Arbitrary<SharedControls> = fc
  .record({
    limits: fc.uniqueArray(limitOver(plainKey), { maxLength: 4, selector: ({ period, sellerId: at }) => `${period} ${at}` }),
    quietHours,
    exclusion: fc.option(fc.record({ begunAt: fc.constant('2026-01-01T00:00:00.000Z'), until: instant, returnAskedAt: fc.option(instant) })),
    members: fc.option(fc.tuple(fc.constantFrom(...memberRoles.slice(0, 4)), fc.uniqueArray(minor, { maxLength: 3, selector: ({ memberId }) => memberId }))),
    excluded: fc.option(fc.record({ memberId: fc.constantFrom('adult', 'new-1'), until: instant })),
    watched: fc.uniqueArray(fc.record({ who: fc.constantFrom(undefined, 'guardian', 'adult'), takeover: level, burst: level }), { maxLength: 2, selector: ({ who }) => who }),
    hasHousehold: fc.boolean(),
  })
  .map(({ hasHousehold, members, excluded, watched, ...shared }) => {
    const exclusion = shared.exclusion && { ...shared.exclusion, returnAskedAt: afterEnd(shared.exclusion) }
    if (!hasHousehold) return { household: null, limits: [], quietHours: [], exclusion }
    const exclusions = excluded && [{ ...excluded, begunAt: '2026-01-01T00:00:00.000Z', returnAskedAt: null }]
    const people = members && [{ memberId: 'guardian', role: 'guardian' as const }, { memberId: 'adult', role: members[0] }, ...members[1]]
    const limits = people ? withLimits(shared.limits, people) : shared.limits
    return { ...shared, limits, exclusion, household: { zone: 'UTC', currency: 'EUR' }, ...(exclusions && { exclusions }), ...(people && { members: people }), ...watchesOf(watched) }
  })

/** As they are kept: without what is usual, and in order. */
function watchesOf(watched: readonly (MonitoringLevels & { readonly who: string | undefined })[]): Pick<SharedControls, 'monitoring'> {
  const monitoring = watched.reduce<readonly Watch[]>((all, { who, takeover, burst }) => withWatch({ monitoring: all }, { ...(who !== undefined && { memberId: who }), takeover, burst }), [])
  return monitoring.length > 0 ? { monitoring } : {}
}

/** A yes comes after the end. */
function afterEnd({ until, returnAskedAt }: { until: string; returnAskedAt: string | null }): string | null {
  return returnAskedAt !== null && returnAskedAt < until ? until : returnAskedAt
}
