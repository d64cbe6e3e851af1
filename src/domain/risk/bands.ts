/** What a score leads to, by thresholds that people can see and set. */
import { type Harm, harms } from './harm.ts'

/** From nothing to most. */
export const bands = ['nothing', 'note', 'pause', 'alert'] as const
export type Band = (typeof bands)[number]

/** From which probability on; 0 to 1. */
export type BandThresholds = Readonly<Record<Exclude<Band, 'nothing'>, number>>
export type RiskThresholds = Readonly<Record<Harm, BandThresholds>>

/**
 * By simulated households (tuning seeds): nothing being wrong, there is a note in two months, a pause in five, an alert in ten or more, of each harm.
 * Low, because harm is rare: of ten notes most are nothing, and a note costs little.
 */
export const usualThresholds: RiskThresholds = {
  takeover: { note: 0.05, pause: 0.15, alert: 0.4 },
  burst: { note: 0.1, pause: 0.3, alert: 0.6 },
}

/** The band of one harm. A probability that is no number never passes as nothing. */
export function bandOf(probability: number, { note, pause, alert }: BandThresholds): Band {
  if (!(probability < alert)) return 'alert'
  if (!(probability < pause)) return 'pause'
  return probability < note ? 'nothing' : 'note'
}

/** The higher one of both harms. */
export function highestBand(score: Readonly<Record<Harm, number>>, thresholds: RiskThresholds): Band {
  const ranks = harms.map((harm) => bands.indexOf(bandOf(score[harm], thresholds[harm])))
  return bands[Math.max(...ranks)] ?? 'nothing'
}
