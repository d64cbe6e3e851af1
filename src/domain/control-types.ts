/** What the controls are made of: what a person has decided about their own spending, as events and state have it. */
import type { Exclusion } from './exclusion.ts'
import type { QuietHours } from './quiet-hours.ts'

export const limitPeriods = ['purchase', 'day', 'week', 'month'] as const
export type LimitPeriod = (typeof limitPeriods)[number]

/** From the least free to the freest. Who was removed stays known, so that nothing that they are held to is forgotten. */
export const memberRoles = ['removed', 'child', 'teen', 'adult', 'guardian'] as const
export type MemberRole = (typeof memberRoles)[number]

/** Which purchases a limit is about: each one alone or all of a period, at every seller or at one, of everybody or of one member. */
export interface LimitKey {
  readonly period: LimitPeriod
  readonly sellerId: string | null
  /** Not there where it is the household's. */
  readonly memberId?: string
}

/** A cap on gross spending. */
export interface Limit extends LimitKey {
  readonly amount: string
}

/** Somebody of the household. The name is no control, and stays on the device. */
export interface Member {
  readonly memberId: string
  readonly role: MemberRole
}

/** Quiet hours of the household, or of one member. */
export interface KeptHours extends QuietHours {
  readonly memberId?: string
}

/**
 * A change of a control; `amount` null takes the limit away. A member who is not known yet is added, with nothing to spend
 * where it is a teen or a child.
 */
export type Change =
  | ({ readonly kind: 'limit'; readonly amount: string | null } & LimitKey)
  | { readonly kind: 'quietHours'; readonly hours: readonly QuietHours[]; readonly memberId?: string }
  | { readonly kind: 'zone'; readonly zone: string }
  | { readonly kind: 'member'; readonly memberId: string; readonly role: MemberRole }

/** An exclusion of one member. */
export interface MemberExclusion extends Exclusion {
  readonly memberId: string
}

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
  readonly quietHours: readonly KeptHours[]
  /** After how many purchases within an hour the person is reminded of them; null for never. */
  readonly remindAfter: number | null
  /** At most one for each control. */
  readonly pending: readonly PendingChange[]
  /** Of the household as a whole: of the one adult, while there are no members. */
  readonly exclusion: Exclusion | null
  /** At most one for each member, in the order of their ids; not there without any. */
  readonly exclusions?: readonly MemberExclusion[]
  /** In the order in which they came; not there while one adult uses this alone. Nobody who was there is ever missing. */
  readonly members?: readonly Member[]
  /** The account at the gateway that they are shared with; not there before the first. It is never another one. */
  readonly sharedWith?: string
  /** Those of the newest span of each limit. */
  readonly warnings: readonly LimitWarning[]
}

/** What two keepers of the same controls have to agree on. */
export type SharedControls = Pick<Controls, 'household' | 'limits' | 'quietHours' | 'exclusion' | 'exclusions' | 'members'>
