/** What the controls are made of: what a person has decided about their own spending, as events and state have it. */
import type { Exclusion } from './exclusion.ts'
import type { MonitoringLevels } from './monitoring.ts'
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

/** How watchful Tuppence is of the purchases of the one adult, or of one member. */
export interface Watch extends MonitoringLevels {
  readonly memberId?: string
}

/**
 * Nothing is bought since somebody said that a purchase was not theirs. On this device alone, and no exclusion: it ends with a yes of whoever
 * can show who they are.
 */
export interface Freeze {
  /** Null for everybody's: that of the one adult, while there are no members. */
  readonly memberId: string | null
  /** The purchase that was said to be somebody else's. */
  readonly because: string
  /** RFC 3339, by the gateway's clock where that is known. */
  readonly frozenAt: string
  /** Who said it; null while there were no members. */
  readonly by: string | null
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
  | ({ readonly kind: 'monitoring' } & Watch)

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
  /** Of whom another level holds than `usual` for both harms, at most one for each; not there without any. */
  readonly monitoring?: readonly Watch[]
  /** At most one for each buyer; not there without any. */
  readonly frozen?: readonly Freeze[]
  /** The account at the gateway that they are shared with; not there before the first. It is never another one. */
  readonly sharedWith?: string
  /** Those of the newest span of each limit. */
  readonly warnings: readonly LimitWarning[]
}

/** What two keepers of the same controls have to agree on. */
export type SharedControls = Pick<Controls, 'household' | 'limits' | 'quietHours' | 'exclusion' | 'exclusions' | 'members' | 'monitoring'>
