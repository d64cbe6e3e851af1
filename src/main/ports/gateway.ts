import type { Catalogue } from '../../contract/catalogue.ts'
import type { OAuthError } from '../../contract/http/account-messages.ts'
import type { ControlsClaims, DisputeClaims, LogHeadClaims, QuoteClaims, ReceiptClaims } from '../../contract/http/claims.ts'
import type { DeclineReason, ProblemCode, DisputeRequest, PurchaseRequest } from '../../contract/http/messages.ts'
import type { Change, SharedControls } from '../../domain/controls.ts'
import type { LogPlace } from '../../domain/events.ts'
import type { GatewayMessage } from '../../domain/gateway-message.ts'
import type { ChargeLine } from '../../domain/reconciliation.ts'
import type { StepUp } from './step-up.ts'

export type GatewayState =
  | 'starting'
  | 'ready'
  | 'unreachable'
  | 'certificateNotTrusted'
  | 'signatureNotTrusted'
  | 'notConfigured'

/**
 * Why a request came to nothing. `sent` is false where it was certainly not carried out: no byte of it reached the
 * gateway, or what has to come before it failed.
 */
export type GatewayProblem =
  | { readonly kind: 'unreachable'; readonly sent: boolean }
  | { readonly kind: 'certificateNotTrusted'; readonly sent: false }
  /** Something signed did not verify, or an answer did not follow the contract. */
  | { readonly kind: 'signatureNotTrusted'; readonly sent: boolean }
  | { readonly kind: 'notConfigured'; readonly sent: false }
  /** The gateway understood and said no; nothing was charged by this request. `oauth` is there where it spoke in RFC 6749's words. */
  | { readonly kind: 'refused'; readonly sent: boolean; readonly code: ProblemCode; readonly oauth?: OAuthError['error'] }

export class GatewayError extends Error {
  readonly problem: GatewayProblem
  constructor(problem: GatewayProblem, options?: ErrorOptions) {
    super(`gateway: ${problem.kind}`, options)
    this.name = 'GatewayError'
    this.problem = problem
  }
}

export interface SignedQuote {
  readonly claims: QuoteClaims
  readonly jws: string
}

/** What settling needs of a quote that was stored long ago, perhaps in words that today's rules would not take. */
export type StoredQuote = Pick<QuoteClaims, 'quoteId' | 'expiresAt'>

/** Where a purchase stands at the gateway. A receipt's signature has been verified; its content has not. */
export type PurchaseAnswer =
  | { readonly status: 'succeeded'; readonly receipt: { readonly claims: ReceiptClaims; readonly jws: string } }
  | { readonly status: 'declined'; readonly reason: DeclineReason }
  | { readonly status: 'pending' }

export interface Countersignature {
  readonly claims: LogHeadClaims
  readonly jws: string
}

/** The gateway has taken a dispute in. */
export interface TakenDispute {
  readonly claims: DisputeClaims
  readonly jws: string
}

/** What the gateway keeps of the controls of spending, for all devices of the funding source, at its time `claims.asOf`. */
export interface ControlsStatement {
  readonly claims: ControlsClaims
  readonly jws: string
}

/** The gateway over pinned TLS. Operations reject with GatewayError, each request within 10 s; VaultError without a device key. */
export interface Gateway {
  catalogue(): Promise<Catalogue>
  /** `countIn` is the currency that the limits are in; null where there is none. */
  quote(offerId: string, countIn: string | null): Promise<SignedQuote>
  /** Sends the approved request. Called once for each approval: an answer that got lost is asked for by key instead. */
  purchase(idempotencyKey: string, body: PurchaseRequest): Promise<PurchaseAnswer>
  /** Null when the gateway has never seen the key. */
  purchaseByKey(idempotencyKey: string): Promise<PurchaseAnswer | null>
  /** What the gateway tells of its own accord and was not told to have been received; each signature has been verified. */
  messages(): Promise<readonly GatewayMessage[]>
  /** Has the gateway deliver these no more. */
  acknowledge(messageIds: readonly string[]): Promise<void>
  /** Everything that the gateway has ever charged this device, with what came back of it. */
  chargeList(): Promise<readonly ChargeLine[]>
  /**
   * Has the gateway sign where the log's head is. Rejects with the problem `logRolledBack` where it has signed a later
   * head of this log and `afterRestore` does not say why.
   */
  countersign(head: LogPlace & { readonly logId: string; readonly afterRestore: boolean }): Promise<Countersignature>
  /**
   * Says that something is wrong with a charge of this device. The same id again gives the same answer. Rejects with `purchaseNotFound`,
   * `disputeOpen` where another one about it waits, and `disputeClosed` where this one has been decided.
   */
  dispute(said: DisputeRequest): Promise<TakenDispute>
  /**
   * What is kept now. This and the next five have answered for this very request, to this device. Nothing of them is sent in the name of
   * whoever is signed in for a turn, nor where the sign-in became another one while it was about to be: they reject with `accountNeeded`.
   */
  controls(): Promise<ControlsStatement>
  /** Has each control be at least as strict as these: those of the sign-in with this number, where that is told. */
  tighten(controls: SharedControls, signIn?: number): Promise<ControlsStatement>
  /**
   * Has a looser control wait from now on. Rejects with `controlNotLooser`, `controlExcluded`, and `stepUpNeeded` where this device is signed
   * in and `stepUp` is not for exactly this; the same id again changes nothing.
   */
  askLoosening(asked: { readonly changeId: string; readonly change: Change; readonly stepUp?: string }): Promise<ControlsStatement>
  /** The second yes. Rejects with `controlTooEarly`, `controlExcluded`, or `controlUnknown` where it does not wait; once more changes nothing. */
  confirmLoosening(changeId: string): Promise<ControlsStatement>
  /** Rejects with `controlUnknown` where it was never asked for, or is in force. */
  withdrawLoosening(changeId: string): Promise<ControlsStatement>
  /**
   * The yes to buying after an exclusion has ended: a member's, or the household's where that is null. Rejects with
   * `controlTooEarly` while it runs, `controlUnknown` without one.
   */
  askReturn(memberId: string | null): Promise<ControlsStatement>
  /** The second factor of the account that this device is signed in to. */
  readonly stepUp: StepUp
  /** Which quote this is and when it ends, of one that was verified when it came in. Throws on what is not a quote. */
  readQuote(jws: string): StoredQuote
  /** The gateway's signed clock, milliseconds since the epoch. */
  time(): Promise<number>
  /**
   * What its clock shows now, in whole milliseconds, as far as can be told: the last signed moment and the time since. Null
   * before the first.
   * What the gateway dated (a quote's end) is judged by this, so that a wrong computer clock spoils no purchase.
   */
  now(): number | null
  /** The newest moment that the gateway has signed for this process, milliseconds since the epoch; 0 before the first. */
  latestTime(): number
  state(): GatewayState
  onStateChanged(listener: (state: GatewayState) => void): () => void
}
