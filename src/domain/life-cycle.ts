/**
 * The life of a purchase: every state, and what may happen in it. The table is the only place that says so; the log, the
 * use cases and docs/LIFE-CYCLE.md follow it. In the terms of two-phase transfers: `approved` is the pending transfer that
 * reserves the money, `succeed` posts it, `decline` and `void` release it.
 */
import type { EventType } from './events.ts'

/** States of an attempt that lives in memory only: until the person's answer nothing has happened to any money. */
export type AttemptState = 'requested' | 'quoted' | 'challenged' | 'refused' | 'cancelled'

/** States that the log knows. `submitted` is `approved` in the log: after a crash nobody can tell whether it was sent. */
export type RecordedState =
  | 'approved'
  | 'unknown'
  | 'succeeded'
  | 'partlyRefunded'
  | 'refunded'
  | 'chargedBack'
  | 'declined'
  | 'voided'

/** `lost` is a purchase that the gateway knows and this log has forgotten, because a backup was put back. */
export type PurchaseState = AttemptState | RecordedState | 'submitted' | 'lost'

export type PurchaseCommand =
  | 'quote'
  | 'refuse'
  | 'challenge'
  | 'cancel'
  | 'approve'
  | 'submit'
  | 'succeed'
  | 'decline'
  | 'loseTrack'
  | 'void'
  | 'refund'
  | 'chargeBack'
  | 'reverseChargeback'
  | 'recover'

/**
 * For each state, what may happen and what may come of it. Where several states may come of a command, the amounts decide.
 * A receipt that arrives after the purchase was declined or voided is proof that money moved, and so it counts.
 */
export const lifeCycle: {
  readonly [S in PurchaseState]: { readonly [C in PurchaseCommand]?: readonly PurchaseState[] }
} = {
  requested: { quote: ['quoted'], refuse: ['refused'] },
  quoted: { challenge: ['challenged'], refuse: ['refused'] },
  challenged: { approve: ['approved'], cancel: ['cancelled'], refuse: ['refused'] },
  refused: {},
  cancelled: {},
  approved: {
    submit: ['submitted'],
    succeed: ['succeeded'],
    decline: ['declined'],
    loseTrack: ['unknown'],
    void: ['voided'],
  },
  submitted: { succeed: ['succeeded'], decline: ['declined'], loseTrack: ['unknown'], void: ['voided'] },
  unknown: { succeed: ['succeeded'], decline: ['declined'], void: ['voided'] },
  succeeded: { refund: ['partlyRefunded', 'refunded'], chargeBack: ['chargedBack'] },
  partlyRefunded: { refund: ['partlyRefunded', 'refunded'], chargeBack: ['chargedBack'] },
  refunded: {},
  chargedBack: { refund: ['chargedBack'], reverseChargeback: ['succeeded', 'partlyRefunded'] },
  declined: { succeed: ['succeeded'] },
  voided: { succeed: ['succeeded'] },
  lost: { recover: ['succeeded'] },
}

/** What an event does to its purchase; events of other types do nothing to one. */
export const commandOfEvent = {
  'purchase.cancelled': 'cancel',
  'purchase.approved': 'approve',
  'purchase.succeeded': 'succeed',
  'purchase.declined': 'decline',
  'purchase.unknown': 'loseTrack',
  'purchase.voided': 'void',
  'purchase.refunded': 'refund',
  'purchase.chargedBack': 'chargeBack',
  'purchase.chargebackReversed': 'reverseChargeback',
  'purchase.recovered': 'recover',
} as const satisfies { readonly [T in EventType]?: PurchaseCommand }

/** Thrown when something does not fit the life of its purchase: a bug in the caller, never a matter for a person. */
export class IllegalTransitionError extends Error {
  constructor(state: PurchaseState, command: PurchaseCommand) {
    super(`${command} is not possible once a purchase is ${state}`)
    this.name = 'IllegalTransitionError'
  }
}

export function isPossible(state: PurchaseState, command: PurchaseCommand): boolean {
  return lifeCycle[state][command] !== undefined
}

/** Throws IllegalTransitionError. */
export function assertPossible(state: PurchaseState, command: PurchaseCommand): void {
  if (!isPossible(state, command)) throw new IllegalTransitionError(state, command)
}

/** Like `assertPossible`, also for the state that came of it. Gives that state back. */
export function moved<S extends PurchaseState>(state: PurchaseState, command: PurchaseCommand, next: S): S {
  if (!lifeCycle[state][command]?.includes(next)) throw new IllegalTransitionError(state, command)
  return next
}
