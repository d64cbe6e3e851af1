/**
 * What is remembered of one profile: habits, not purchases, in bounded memory. Plain JSON, and nothing in it but what follows from the
 * observations in their order, so that the profile that was kept equals one that is rebuilt.
 */
import type { Baseline } from './baseline.ts'
import { noMasses, type Masses } from './half-space-trees.ts'
import type { Known } from './known.ts'

/** A purchase as windows count it. `sign` is the seller's and item's own number; flags are those of `flag` together. */
export type Recent = readonly [atMs: number, amount: number, currency: string, sign: number, flags: number]

export const flag = { small: 1, odd: 2, oddHour: 4, oddSeller: 8 } as const

/** Purchases that come one after the other. */
export interface Sitting {
  readonly count: number
  readonly fromMs: number
}

/** What has gathered for a stranger (suspicion.ts). */
export interface Suspicion {
  /** In nats, of everything and of hours and sellers alone; 0 where nothing has gathered. */
  readonly all: number
  readonly hours: number
  readonly sellers: number
  /** For how many purchases something has been gathering. */
  readonly count: number
  /** What spoke for a stranger, fading, without what spoke against; and what that comes to as a rule. */
  readonly odds: number
  readonly usualOdds: Baseline
}

export const noSuspicion: Suspicion = { all: 0, hours: 0, sellers: 0, count: 0, odds: 0, usualOdds: [0.8, 1, 4] }

/** A purchase that looked strange and so was learned only in part, until somebody says whose it was. */
export interface Held {
  readonly id: string
  readonly atMs: number
  readonly seller: string
  readonly kind: string
  readonly paidIn: string
  readonly currency: string
  readonly amount: number
  readonly unitAmount: number
  readonly minuteOfWeek: number
  /** How much of it is still to be learned, 0 to 1. */
  readonly share: number
  /** What spoke for a takeover. */
  readonly codes: readonly string[]
}

export interface RiskProfile {
  readonly version: 1
  /** Of all observations; null before the first. */
  readonly newestMs: number | null
  readonly firstMs: number | null
  /** Purchases so far. */
  readonly purchases: number
  /** Logarithms of amounts, of each currency, and of prices for one, of each kind and currency. The newest is last. */
  readonly amounts: readonly (readonly [currency: string, lately: Baseline, longAgo: Baseline])[]
  readonly unitAmounts: readonly (readonly [kind: string, Baseline])[]
  /** How much was bought in each hour of the day and on each day of the week, older purchases fading. */
  readonly hours: readonly number[]
  readonly weekdays: readonly number[]
  readonly sellers: readonly Known[]
  readonly kinds: readonly Known[]
  readonly currencies: readonly Known[]
  /** The share of purchases at sellers, and of kinds, that were not known before. */
  readonly newSellers: number
  readonly newKinds: number
  /** Logarithms: of the minutes since the purchase before, and of what windows held at each purchase. */
  readonly gap: Baseline
  readonly counts: readonly [inMinutes: Baseline, inDay: Baseline]
  /** What whole weeks held, empty ones too, and how far the one is that runs. */
  readonly weeks: Baseline
  readonly week: Sitting
  /** What whole sittings held, and the one that may still go on. */
  readonly sittings: Baseline
  readonly sitting: Sitting
  readonly days: Baseline
  readonly sums: readonly [inDay: Baseline, inWeek: Baseline]
  readonly repeats: Baseline
  readonly smalls: Baseline
  /** Oldest first. */
  readonly recent: readonly Recent[]
  /** Instants, oldest first. */
  readonly declines: readonly number[]
  readonly wrongPins: readonly number[]
  readonly wrongCodes: readonly number[]
  readonly warnedMs: number | null
  readonly cappedMs: number | null
  readonly deviceMs: number | null
  /** Purchases, each fading with the time since: by it and the time since the first, how many there are in a day. */
  readonly pace: number
  readonly suspicion: Suspicion
  readonly masses: Masses
  /** Of half-space trees, as it is as a rule. */
  readonly thinness: Baseline
  /** What "this was me" has taken from a sign of a takeover, by its code: 1 is nothing. */
  readonly tolerance: readonly (readonly [code: string, factor: number])[]
  /** Since when somebody has said "this was not me"; null for never. */
  readonly alarmedMs: number | null
  /** Oldest first. */
  readonly held: readonly Held[]
}

/** Amounts of so many purchases weigh; those of long ago go far more slowly, so that what creeps up shows. */
export const latelyMemory = 50
export const longAgoMemory = 400

/** Windows count up to so many purchases; more is as strange as that. */
export const recentSize = 128
export const heldSize = 12
export const marksSize = 12
export const knownSize = 48
export const currencySize = 4
export const kindSize = 12

/**
 * What is expected of somebody about whom nothing is known: one to three small purchases in a sitting, a few in a week, for about five units
 * of a currency with cents. Wide, so that a few purchases of one's own weigh more.
 */
export const amountPrior: Baseline = [6.2, 1.7, 2]

export const newProfile: RiskProfile = {
  version: 1,
  newestMs: null,
  firstMs: null,
  purchases: 0,
  amounts: [],
  unitAmounts: [],
  hours: Array.from({ length: 24 }, () => 0),
  weekdays: Array.from({ length: 7 }, () => 0),
  sellers: [],
  kinds: [],
  currencies: [],
  newSellers: 0.7,
  newKinds: 0.5,
  gap: [7.2, 5, 2],
  counts: [
    [0.9, 0.12, 3],
    [1.1, 0.2, 3],
  ],
  weeks: [1.1, 0.45, 3],
  week: { count: 0, fromMs: 0 },
  sittings: [0.35, 0.2, 4],
  sitting: { count: 0, fromMs: 0 },
  days: [1.05, 0.12, 3],
  sums: [
    [0.5, 0.6, 3],
    [1.2, 0.8, 3],
  ],
  repeats: [0.8, 0.12, 3],
  smalls: [0.3, 0.2, 3],
  recent: [],
  declines: [],
  wrongPins: [],
  wrongCodes: [],
  warnedMs: null,
  cappedMs: null,
  deviceMs: null,
  pace: 0,
  suspicion: noSuspicion,
  masses: noMasses,
  thinness: [-1.5, 0.5, 2],
  tolerance: [],
  alarmedMs: null,
  held: [],
}
