/**
 * The events of the log: all that this client will ever remember about money and consent. Payloads hold JSON values
 * only (amounts as decimal text of minor units) because their canonical form is what the chain protects.
 */
import type { Digest, EventId, IdempotencyKey, PurchaseId } from './brands.ts'
import type { Change, Limit, LimitKey, LimitPeriod, LimitWarning, Member, SharedControls } from './control-types.ts'
import type { ExclusionLength } from './exclusion.ts'
import type { ImportPart } from './imports.ts'
import type { WireMoney } from './money.ts'
import type { MonitoringLevels } from './monitoring.ts'
import type { Band } from './risk/bands.ts'
import type { Harm } from './risk/harm.ts'
import type { Sign } from './risk/signs.ts'
import type { CodeMethod, WantedStepUp } from './step-up.ts'

export type { WireMoney }

/** What is left of one limit after a purchase, of its cap; minor units of the household's currency. */
export interface ShownHeadroom extends Omit<LimitKey, 'period'> {
  readonly period: Exclude<LimitPeriod, 'purchase'>
  readonly cap: string
  readonly left: string
}

/** What a purchase was judged to be before anybody was asked about it: probabilities, 0 to 1, and what followed from them. */
export interface ShownRisk extends Readonly<Record<Harm, number>> {
  /** Of each harm by the levels of then, and the higher of both. */
  readonly bands: Readonly<Record<Harm, Band>>
  readonly band: Band
  readonly levels: MonitoringLevels
  /** The greatest effect first. */
  readonly reasons: readonly { readonly harm: Harm; readonly sign: Sign; readonly effect: number }[]
}

/** What the confirm window showed and the person answered; its canonical form is what the digest covers. */
export interface ChallengeContent {
  readonly challengeId: string
  readonly purchaseId: PurchaseId
  readonly nonce: string
  readonly quoteId: string
  readonly offerId: string
  readonly sellerId: string
  readonly payee: string
  readonly item: string
  readonly game: string
  readonly kind: 'item' | 'pass' | 'bundle'
  readonly bundle?: { readonly count: number; readonly unit: string }
  readonly passDays?: number
  readonly price: WireMoney
  readonly tax: { readonly amount: string; readonly rateBasisPoints: number }
  readonly fundingSource: { readonly id: string; readonly label: string }
  /** What the price counts as against the limits; there once somebody has set one. */
  readonly counted?: WireMoney
  /** What is left afterwards, least first; there where some limit is concerned. */
  readonly headroom?: readonly ShownHeadroom[]
  /** Some limit comes near its end, and the person has said that they know. */
  readonly isNearLimit?: true
  /** How it was judged; not there where nobody watches. */
  readonly risk?: ShownRisk
  /** Because of that, whoever buys has to show with their PIN that it is them, a guardian with a code besides. */
  readonly buyerShows?: 'pin' | 'pinAndCode'
  /** Who buys; not there while there are no members. */
  readonly memberId?: string
  /** What a guardian was asked for, where this is the answer to it. */
  readonly requestId?: string
  /** The account's second factor was asked for besides, and why. */
  readonly stepUp?: WantedStepUp
  readonly shownAt: string
  readonly expiresAt: string
}

/**
 * What the gateway tells of its own accord, exactly as it came: `signature` is `v1a,` and base64 of Ed25519 over
 * `id.timestamp.body`, `timestamp` in seconds since the epoch. Source: Standard Webhooks, asymmetric signatures.
 */
export interface SignedMessage {
  readonly id: string
  readonly timestamp: number
  readonly body: string
  readonly signature: string
}

/** A place in a log: the number of an event and its mac in base64url. */
export interface LogPlace {
  readonly seq: number
  readonly mac: string
}

/** One line on which the ledger and the gateway's list of charges do not agree; amounts in minor units. */
export interface Difference {
  readonly kind: 'missingHere' | 'missingThere' | 'amountDiffers' | 'refundDiffers' | 'chargebackDiffers'
  readonly purchaseId: string
  readonly receiptNumber: string | null
  readonly here: WireMoney | null
  readonly there: WireMoney | null
}

/** Why the member could not buy it without asking. Amounts in minor units of the household's currency. */
export type RequestCause =
  | ({ readonly kind: 'limit'; readonly cap: string; readonly left: string } & LimitKey)
  | { readonly kind: 'quietHours'; readonly until: string }

/** The one purchase that a minor asks a guardian for. */
export interface RequestedPurchase {
  readonly requestId: string
  readonly memberId: string
  readonly offerId: string
  readonly sellerId: string
  readonly payee: string
  readonly item: string
  readonly game: string
  readonly price: WireMoney
  /** What it counts as against the limits. */
  readonly counted: WireMoney
  readonly cause: RequestCause
  /** RFC 3339, by the gateway's clock where that is known. */
  readonly askedAt: string
}

/** What a person says is wrong with a charge. */
export const disputeReasons = ['notMine', 'notReceived', 'wrongAmount', 'byMistake', 'other'] as const
export type DisputeReason = (typeof disputeReasons)[number]

export type DenialReason = 'notNow' | 'tooMuch' | 'spentEnough' | 'notForYou' | 'talkFirst'

export interface EventPayloads {
  /** The first event of every log. `logId` ties all later ones to this log and no other. */
  'log.opened': { readonly logId: string; readonly format: 1 }
  /** The second event of a log that was begun beside an older one, which was set aside as it was. */
  'log.restarted': {
    readonly reason: 'keyMissing' | 'tampered' | 'unreadable' | 'logMissing'
    readonly setAside: string | null
    readonly sha256: string | null
  }
  /**
   * The person put a backup back. `backup` is its head, `lost` what the keychain knew to be the head before where that is
   * another one, and `lostEvents` how many events there were between the two; null where nobody knows.
   */
  'log.restored': { readonly backup: LogPlace; readonly lost: LogPlace | null; readonly lostEvents: number | null }
  /** The gateway signed where the head of this log was, so that an older copy of everything here shows. */
  'log.countersigned': LogPlace & { readonly signedAt: string; readonly countersignature: string }
  /** The ledger was compared with all charges of the gateway. */
  'ledger.reconciled': { readonly matched: number; readonly differences: readonly Difference[] }
  /** A signed message that can never apply: kept, because it is evidence, and not looked at again. */
  'message.refused': { readonly messageId: string; readonly reason: string; readonly message: SignedMessage }
  /** The person set the first control: from now on limits are in this currency and by this zone's calendar. */
  'controls.begun': { readonly zone: string; readonly currency: string }
  /** A tighter control, which acts at once. */
  'controls.tightened': { readonly change: Change }
  /** A looser control was asked for, at this time of the gateway's. It waits. */
  'controls.looseningAsked': {
    readonly changeId: string
    readonly change: Change
    readonly askedAt: string
    /** There where the device was signed in: the gateway's signature that the account's second factor was given for this. */
    readonly stepUp?: string
  }
  /** The second yes, at this time of the gateway's: it acts. */
  'controls.looseningConfirmed': { readonly changeId: string; readonly confirmedAt: string }
  /** It does not act after all. */
  'controls.looseningEnded': { readonly changeId: string; readonly reason: 'withdrawn' | 'lapsed' }
  /** How many purchases within an hour bring a reminder; null for none. A reminder stops nothing. */
  'controls.reminderSet': { readonly after: number | null }
  /** The gateway keeps stricter controls than this log; `statement` is its signature over them. */
  'controls.adopted': { readonly controls: SharedControls; readonly statement: string }
  /** These controls are shared with this account at the gateway, and never with another; `statement` is its signature over whose they are. */
  'controls.shared': { readonly accountId: string; readonly statement: string }
  /** From now on there are members; `limits` are what they start with. The names stay on this device. */
  'household.begun': { readonly members: readonly (Member & { readonly name: string })[]; readonly limits: readonly Limit[] }
  /** What a member is called. */
  'member.named': { readonly memberId: string; readonly name: string }
  /**
   * Somebody says who they are: durable before it is looked at whether that is right, so that nobody guesses without a trace.
   * By the gateway's clock; null where that is not known. `withCode`: with a code besides the PIN.
   */
  'access.tried': { readonly memberId: string; readonly gatewayAt: string | null; readonly withCode?: true }
  /** It was right. `step` is the time step of the code (RFC 6238), `recovery` the number of the recovery code: each counts once. */
  'access.granted': { readonly memberId: string; readonly step?: number; readonly recovery?: number }
  /**
   * A PIN was chosen, or a second factor with new recovery codes; earlier ones no longer count. `step` is that of the code with
   * which it was tried out, which is used up by that.
   */
  'access.set': { readonly memberId: string; readonly what: 'pin' | 'secondFactor'; readonly step?: number }
  /**
   * The account's second factor was wrong; the gateway counts the tries. `id` names the purchase or the change that it was for, to which
   * nothing happened by it, `memberId` whose it was, if there are members.
   */
  'stepUp.failed': { readonly about: 'purchase' | 'control'; readonly id: string; readonly method: CodeMethod; readonly memberId?: string; readonly gatewayAt?: string }
  /** A minor asks a guardian for one purchase. */
  'request.made': RequestedPurchase
  /** It came to nothing. `by` is who said so; null where nobody did. */
  'request.ended': {
    readonly requestId: string
    readonly end: 'denied' | 'withdrawn' | 'lapsed' | 'changed'
    readonly by: string | null
    readonly reason?: DenialReason
    readonly note?: string
  }
  /** The person excluded themselves, or for longer, or a guardian did that for a minor. Times by the gateway's clock. */
  'exclusion.begun': { readonly memberId?: string; readonly length: ExclusionLength; readonly begunAt: string; readonly until: string }
  /** The person said whether a purchase, or an attempt, was theirs, by the gateway's clock where that is known. `memberId` is whose it is; not there while there are no members. */
  'risk.answered': { readonly purchaseId: PurchaseId; readonly answer: 'me' | 'notMe'; readonly answeredAt: string; readonly memberId?: string }
  /** A limit stood in the way of a purchase. Written down once an hour at most: it says something about what is bought next. */
  'risk.capMet': { readonly memberId?: string; readonly metAt: string }
  /** After a `notMe`: nothing is bought any more, on this device. `because` is that purchase, `by` who said so. */
  'buying.frozen': { readonly memberId?: string; readonly because: string; readonly frozenAt: string; readonly by?: string }
  /** Somebody who may has shown who they are, and said that buying goes on. */
  'buying.thawed': { readonly memberId?: string; readonly how: 'guardian' | 'account' | 'box' }
  /** The exclusion is over and the person said that they want to buy again, at this time of the gateway's. */
  'exclusion.returnAsked': { readonly memberId?: string; readonly askedAt: string }
  /** The person said no, or let the challenge lapse. No money is touched. */
  'purchase.cancelled': {
    readonly purchaseId: PurchaseId
    readonly offerId: string
    readonly reason: 'person' | 'expired' | 'windowClosed'
    /** What was asked about, and how it had been judged. */
    readonly attempt?: Pick<ChallengeContent, 'item' | 'payee' | 'price' | 'memberId'> & { readonly risk: ShownRisk }
  }
  /**
   * The person said yes. Reserves the money; `key` and the exact request body are durable before the first byte leaves.
   * The key is the purchase's id: one purchase is charged under one key, for ever.
   */
  'purchase.approved': {
    readonly purchaseId: PurchaseId
    readonly key: IdempotencyKey
    readonly challenge: ChallengeContent
    readonly challengeDigest: Digest
    readonly quote: string
    readonly authorisation: string
    /** When it counts against the limits, by the gateway's clock; the event's own time where it is not there. */
    readonly countedAt?: string
    /** The guardian who said yes to the challenge's request, with PIN and second factor. */
    readonly approvedBy?: string
    /** There where the challenge wants the second factor: the gateway's signature that it was given for this challenge (StepUpClaims). */
    readonly stepUp?: string
    /** That limits were nearly or wholly used up by this purchase. */
    readonly limitWarnings?: readonly LimitWarning[]
  }
  /** The gateway charged; `receipt` is its signed proof, verified before this event was written. */
  'purchase.succeeded': {
    readonly purchaseId: PurchaseId
    readonly receipt: string
    readonly receiptNumber: string
    readonly chargedAt: string
  }
  /** The gateway decided not to charge, or refused the request for good. Releases the reservation. */
  'purchase.declined': { readonly purchaseId: PurchaseId; readonly reason: string }
  /** No answer that can be trusted came back. The reservation stays until the gateway was asked by key. */
  'purchase.unknown': { readonly purchaseId: PurchaseId; readonly reason: string }
  /** The gateway says that it never received the request and the quote can no longer be used: nothing was charged. */
  'purchase.voided': { readonly purchaseId: PurchaseId; readonly reason: string }
  /** Some or all of the money came back. `sequence` is the gateway's count of what it did to this purchase. */
  'purchase.refunded': {
    readonly purchaseId: PurchaseId
    readonly messageId: string
    readonly sequence: number
    readonly refundId: string
    readonly amount: WireMoney
    readonly refundedAt: string
    readonly message: SignedMessage
  }
  /** The funding source took money back after a dispute. */
  'purchase.chargedBack': {
    readonly purchaseId: PurchaseId
    readonly messageId: string
    readonly sequence: number
    readonly chargebackId: string
    readonly amount: WireMoney
    readonly chargedBackAt: string
    readonly message: SignedMessage
  }
  /** The dispute was lost or withdrawn: the money of the chargeback is with the payee again. */
  'purchase.chargebackReversed': {
    readonly purchaseId: PurchaseId
    readonly messageId: string
    readonly sequence: number
    readonly chargebackId: string
    readonly reversedAt: string
    readonly message: SignedMessage
  }
  /**
   * The person told the gateway that something is wrong with a charge, and it has taken that in under this number. No money is touched and
   * nothing is locked by it.
   */
  'dispute.opened': {
    readonly purchaseId: PurchaseId
    readonly disputeId: string
    readonly reason: DisputeReason
    readonly note?: string
    /** By the gateway's clock. */
    readonly openedAt: string
    /** The gateway's signature over all of this. */
    readonly acknowledgement: string
  }
  /** The gateway's answer to a dispute. Money that comes back is an event of its own. */
  'dispute.closed': {
    readonly purchaseId: PurchaseId
    readonly messageId: string
    readonly disputeId: string
    readonly outcome: 'refunded' | 'refused'
    readonly closedAt: string
    readonly message: SignedMessage
  }
  /** What was bought elsewhere is part of the history from now on. */
  'import.made': ImportPart
  /** The import, with all its parts, is no part of the history any more. What it counted against the limits stays counted. */
  'import.undone': { readonly importId: string }
  /** A purchase that was lost when a backup was put back, told anew by the gateway's receipt for it. */
  'purchase.recovered': {
    readonly purchaseId: PurchaseId
    readonly receipt: string
    readonly receiptNumber: string
    readonly chargedAt: string
    readonly offerId: string
    readonly sellerId: string
    readonly payee: string
    readonly item: string
    readonly price: WireMoney
    readonly counted?: WireMoney
    readonly fundingSourceId: string
    readonly memberId?: string
  }
}
export type EventType = keyof EventPayloads

/** An event to be appended: the log gives it its number, id, time and mac. */
export type NewEvent = {
  [T in EventType]: { readonly type: T; readonly actor: string; readonly payload: EventPayloads[T] }
}[EventType]

/** An event of the log. `seq` counts from 1 without gaps; `at` is RFC 3339 in UTC; `mac` is base64url of 32 bytes. */
export type LogEvent = NewEvent & {
  readonly seq: number
  readonly id: EventId
  readonly at: string
  readonly mac: string
}
