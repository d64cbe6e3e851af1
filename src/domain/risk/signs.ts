/**
 * The signs that a purchase gives: each a strength from 0 (as usual) to 1, with the numbers that it was worked out from, which are what people
 * are told. All of it compares the person with themselves.
 */
import { between } from './numbers.ts'
import type { RiskPurchase } from './observation.ts'
import type { Recent, Sitting, Suspicion } from './profile.ts'

/** The numbers of each sign. Amounts in minor units of `currency`; words for them are made at the border. */
export type Sign =
  | { readonly code: 'amountHigh'; readonly amount: number; readonly usual: number; readonly currency: string }
  | { readonly code: 'amountLow'; readonly amount: number; readonly usual: number; readonly currency: string }
  | { readonly code: 'unitPriceHigh'; readonly unitAmount: number; readonly usual: number; readonly currency: string }
  /** Amounts have grown: what was usual long ago and what is lately. */
  | { readonly code: 'amountsGrown'; readonly lately: number; readonly longAgo: number; readonly currency: string }
  /** `percent` of the person's purchases were within an hour and a half of this hour of the day (0 to 23). */
  | { readonly code: 'hourUnusual'; readonly hour: number; readonly percent: number }
  /** Monday is 1. */
  | { readonly code: 'weekdayUnusual'; readonly weekday: number; readonly percent: number }
  /** `percent` of the person's purchases are at sellers that they did not know; `known` sellers are known. */
  | { readonly code: 'sellerNew'; readonly known: number; readonly percent: number }
  | { readonly code: 'kindNew'; readonly known: number; readonly percent: number }
  | { readonly code: 'currencyNew'; readonly paidIn: string }
  | { readonly code: 'longPause'; readonly days: number; readonly usualDays: number }
  | { readonly code: 'soonAgain'; readonly minutes: number; readonly usualMinutes: number }
  /** `count` purchases in so many minutes, this one included, where `usual` is what there is as a rule when the person buys. */
  | { readonly code: 'manyInMinutes' | 'manyInDay' | 'manyInWeek'; readonly count: number; readonly minutes: number; readonly usual: number }
  /** Purchases with less than three quarters of an hour between them; `usual` is how many there are in a sitting. */
  | { readonly code: 'longSitting'; readonly count: number; readonly minutes: number; readonly usual: number }
  /** More than the pace of the last weeks, `perDay`, would bring in so many minutes. */
  | { readonly code: 'aheadOfPace'; readonly count: number; readonly minutes: number; readonly perDay: number }
  /** So many of the last seven days, where `usual` of them is what there is as a rule. */
  | { readonly code: 'manyDays'; readonly days: number; readonly usual: number }
  | { readonly code: 'spentInDay' | 'spentInWeek'; readonly sum: number; readonly usual: number; readonly currency: string }
  /** The same item of the same seller within a day. */
  | { readonly code: 'sameAgain'; readonly count: number; readonly usual: number }
  /** Charges of less than half of what is usual, within a week. */
  | { readonly code: 'smallCharges'; readonly count: number; readonly sum: number; readonly usual: number; readonly currency: string }
  /** Within the hour before. */
  | { readonly code: 'afterDeclines'; readonly count: number }
  /** Within the day before, and none of them made up for. */
  | { readonly code: 'wrongPins' | 'wrongCodes'; readonly count: number }
  | { readonly code: 'newDevice'; readonly days: number }
  | { readonly code: 'afterWarning' | 'afterCap'; readonly minutes: number }
  /** The latest purchases together are unlike the person. */
  | { readonly code: 'latelyUnlike'; readonly count: number }
  /** Of the purchases in the last week, so many were rather like a stranger's, altogether or by their hours or sellers alone. */
  | { readonly code: 'oftenUnlike' | 'hoursUnlike' | 'sellersUnlike'; readonly count: number; readonly of: number }
  /** Half-space trees: taken together it lies where it is `percent` as crowded as around the person's other purchases. */
  | { readonly code: 'rareTogether'; readonly percent: number }
  | { readonly code: 'saidNotMe'; readonly days: number }

export type SignCode = Sign['code']

export interface Signal {
  readonly sign: Sign
  /** 0 to 1. */
  readonly strength: number
}

export const signal = (strength: number, sign: Sign): Signal => ({ sign, strength: between(strength, 0, 1) })

/** What was worked out of a purchase before it is learned. */
export interface Reading {
  readonly purchase: RiskPurchase
  readonly atMs: number
  readonly unitAmount: number
  readonly signals: readonly Signal[]
  /** As windows will count it, and the evidence for a stranger with it. */
  readonly recent: Recent
  readonly suspicion: Suspicion
  /** For the half-space trees: coordinates from 0 to 1. */
  readonly point: readonly number[]
  /** Of the half-space trees; null while they know too little. */
  readonly thinness: number | null
  readonly windows: Windows
  readonly sitting: Sitting
}

/** What the windows hold, this purchase included; sums in minor units of its currency. */
export interface Windows {
  readonly inMinutes: number
  readonly inHour: number
  readonly inDay: number
  readonly inThreeDays: number
  readonly inWeek: number
  /** Of the last seven stretches of 24 hours, in how many there was one. */
  readonly days: number
  readonly sumInDay: number
  readonly sumInWeek: number
  readonly same: number
  readonly small: number
  readonly odd: number
  readonly oddHours: number
  readonly oddSellers: number
  readonly smallSum: number
}
