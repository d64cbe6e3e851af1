/** What people, gateway and clocks may do in a trace, at random. */
import fc from 'fast-check'
import type { Change, Limit, LimitKey, SharedControls } from '../../src/domain/controls.ts'
import type { ExclusionLength } from '../../src/domain/exclusion.ts'
import type { QuietHours } from '../../src/domain/quiet-hours.ts'

export const zones = ['Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu', 'Asia/Beirut', 'Australia/Lord_Howe', 'UTC'] as const

export interface Purchase {
  readonly sellerId: string
  readonly amount: number
}

/** `pick` chooses one of those that there are. */
export type Step =
  /** The question is put, and answered at once or by a later step. */
  | ({ readonly do: 'buy' | 'ask' } & Purchase)
  | { readonly do: 'answer'; readonly pick: number }
  | { readonly do: 'settle'; readonly pick: number; readonly as: 'succeeded' | 'declined' | 'voided' | 'unknown' | 'refunded' | 'chargedBack' }
  | { readonly do: 'change'; readonly change: Change }
  | { readonly do: 'confirm' | 'withdraw'; readonly pick: number }
  | { readonly do: 'adopt'; readonly limits: readonly Limit[]; readonly hours: readonly QuietHours[]; readonly excludedMs: number | null }
  | { readonly do: 'exclude'; readonly length: ExclusionLength }
  | { readonly do: 'return' | 'look' }
  /** Of the gateway, which only goes on. */
  | { readonly do: 'wait'; readonly ms: number }
  /** Of the computer, which anybody may set. */
  | { readonly do: 'setClock'; readonly ms: number }

export interface Trace {
  readonly startMs: number
  readonly zone: string
  readonly steps: readonly Step[]
}

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
const sellerId = fc.constantFrom('seller-1', 'seller-2', 'seller-3')
const cap = fc.oneof(fc.integer({ min: 0, max: 1500 }), fc.constantFrom(0, 300, 500, 1000)).map(String)
const key: fc.Arbitrary<LimitKey> = fc.record({
  period: fc.constantFrom('purchase', 'day', 'week', 'month'),
  sellerId: fc.option(fc.constantFrom('seller-1', 'seller-2'), { freq: 3 }),
})
const limit = fc.tuple(key, cap).map(([where, amount]): Limit => ({ ...where, amount }))
const hours: fc.Arbitrary<QuietHours> = fc
  .record({ weekday: fc.integer({ min: 1, max: 7 }), fromMinute: fc.integer({ min: 0, max: 1439 }), toMinute: fc.integer({ min: 0, max: 1439 }) })
  .filter(({ fromMinute, toMinute }) => fromMinute !== toMinute)
const quietHours = fc.array(hours, { maxLength: 3 })

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(key, fc.option(cap, { freq: 5 })).map(([where, amount]): Change => ({ kind: 'limit', ...where, amount })) },
  { weight: 2, arbitrary: quietHours.map((list): Change => ({ kind: 'quietHours', hours: list })) },
  { weight: 1, arbitrary: fc.constantFrom(...zones).map((zone): Change => ({ kind: 'zone', zone })) },
)

const waits = [0, 1, minute, 14 * minute, hour, 6 * hour, day - 1, day, 7 * day - 1, 7 * day, 31 * day, 200 * day]
const purchase = { sellerId, amount: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.constantFrom(100, 200)) }
const pick = fc.nat(20)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('buy' as const), ...purchase }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask' as const), ...purchase }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), pick }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('settle' as const), pick, as: fc.constantFrom('succeeded', 'declined', 'voided', 'unknown', 'refunded', 'chargedBack') }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('change' as const), change }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('confirm' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('adopt' as const), limits: fc.array(limit, { maxLength: 2 }), hours: quietHours, excludedMs: fc.option(fc.constantFrom(hour, day), { freq: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('exclude' as const), length: fc.constantFrom('24hours', '7days', '30days', '6months') }) },
  { weight: 2, arbitrary: fc.constantFrom({ do: 'return' as const }, { do: 'look' as const }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(...waits) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('setClock' as const), ms: fc.integer({ min: 0, max: Date.UTC(2040, 0) }) }) },
)

export const arbitraryTrace: fc.Arbitrary<Trace> = fc.record({
  startMs: fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) }),
  zone: fc.constantFrom(...zones),
  steps: fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }),
})

const instant = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2026, 0, 4) }).map((ms) => new Date(Math.floor(ms / day) * day).toISOString())

/** Of one currency and zone, where there is a household at all. */
export const arbitraryShared: fc.Arbitrary<SharedControls> = fc
  .record({
    limits: fc.uniqueArray(limit, { maxLength: 4, selector: ({ period, sellerId: at }) => `${period} ${at}` }),
    quietHours,
    exclusion: fc.option(fc.record({ begunAt: fc.constant('2026-01-01T00:00:00.000Z'), until: instant, returnAskedAt: fc.option(instant) })),
    hasHousehold: fc.boolean(),
  })
  .map(({ hasHousehold, ...shared }) => {
    const exclusion = shared.exclusion && { ...shared.exclusion, returnAskedAt: afterEnd(shared.exclusion) }
    if (!hasHousehold) return { household: null, limits: [], quietHours: [], exclusion }
    return { ...shared, exclusion, household: { zone: 'UTC', currency: 'EUR' } }
  })

/** A yes comes after the end. */
function afterEnd({ until, returnAskedAt }: { until: string; returnAskedAt: string | null }): string | null {
  return returnAskedAt !== null && returnAskedAt < until ? until : returnAskedAt
}
