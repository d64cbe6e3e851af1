/** What the controls are made of: what a person has decided about their own spending, as events and state have it. */
import type { Exclusion } from './exclusion.ts'
import type { QuietHours } from './quiet-hours.ts'

export const limitPeriods = ['purchase', 'day', 'week', 'month'] as const
export type LimitPeriod = (typeof limitPeriods)[number]

/** Which purchases a limit is about: each one alone or all of a period, at every seller or at one. */
export interface LimitKey {
  readonly period: LimitPeriod
  readonly sellerId: string | null
}

/** A cap on gross spending. */
export interface Limit extends LimitKey {
  readonly amount: string
}

/** A change of a control; `amount` null takes the limit away. */
export type Change =
  | ({ readonly kind: 'limit'; readonly amount: string | null } & LimitKey)
  | { readonly kind: 'quietHours'; readonly hours: readonly QuietHours[] }
  | { readonly kind: 'zone'; readonly zone: string }

/** A looser control that waits. */
export interface PendingChange {
  readonly changeId: string
  readonly change: Change
  /** By the gateway's clock. */
  readonly askedAt: string
}

/** That so much of a limit was used up in the span that began then. Told once. */
export interface LimitWarning extends LimitKey {
  readonly startsAt: string
  readonly percent: 80 | 100
}

/** Limits are counted in this currency and by this zone's calendar. */
export interface Household {
  readonly zone: string
  readonly currency: string
}

export interface Controls {
  /** Null before the first control. */
  readonly household: Household | null
  /** At most one for each key. */
  readonly limits: readonly Limit[]
  readonly quietHours: readonly QuietHours[]
  /** After how many purchases within an hour the person is reminded of them; null for never. */
  readonly remindAfter: number | null
  /** At most one for each control. */
  readonly pending: readonly PendingChange[]
  readonly exclusion: Exclusion | null
  /** Those of the newest span of each limit. */
  readonly warnings: readonly LimitWarning[]
}

/** What two keepers of the same controls have to agree on. */
export type SharedControls = Pick<Controls, 'household' | 'limits' | 'quietHours' | 'exclusion'>
