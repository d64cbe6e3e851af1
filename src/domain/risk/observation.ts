/** What the model gets to see: the only way in, for the log's events and for lines of a file alike. Nothing in it says who the person is. */

/** Milliseconds since the epoch, by a clock that nobody here can set; null for "at the newest time that is known". */
type Moment = number | null

/** Something that somebody is about to buy, or has agreed to buy. */
export interface RiskPurchase {
  readonly type: 'purchase'
  /** By which an answer to it finds it. */
  readonly id: string
  readonly atMs: Moment
  /** On the local clock of the household: 0 to 10,079, from Monday 00:00. */
  readonly minuteOfWeek: number
  readonly seller: string
  readonly item: string
  /** `item`, `pass`, `bundle`; a file may have others. */
  readonly kind: string
  /** What it counts as, in minor units of `currency`: that of the household where there is one. Above 0. */
  readonly amount: number
  readonly currency: string
  /** The currency that is really paid in. */
  readonly paidIn: string
  /** How many units a bundle holds; 1 for all else. */
  readonly units: number
}

export type Observation =
  | RiskPurchase
  /** The gateway declined to charge. */
  | { readonly type: 'declined'; readonly atMs: Moment }
  /** A PIN was tried, or a code with it. It counts as wrong until it is known to have been right. */
  | { readonly type: 'accessTried'; readonly atMs: Moment; readonly withCode: boolean }
  | { readonly type: 'accessGranted'; readonly atMs: Moment; readonly withCode: boolean }
  /** A limit was nearly used up, and the person was told. */
  | { readonly type: 'warned'; readonly atMs: Moment }
  /** A limit was used up, or a purchase was refused because of one. */
  | { readonly type: 'capReached'; readonly atMs: Moment }
  /** A device that was not there before was added to the account. */
  | { readonly type: 'newDevice'; readonly atMs: Moment }
  /** What the person said about a purchase. Teaches the model. */
  | { readonly type: 'feedback'; readonly atMs: Moment; readonly purchaseId: string; readonly answer: 'me' | 'notMe' }
