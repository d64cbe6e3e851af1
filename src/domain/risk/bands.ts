/** What a score leads to, by thresholds that people can see and set. */
import { type Harm, harms } from './harm.ts'

/** From nothing to most. */
export const bands = ['nothing', 'note', 'pause', 'alert'] as const
export type Band = (typeof bands)[number]

/** From which probability on; 0 to 1. */
export type BandThresholds = Readonly<Record<Exclude<Band, 'nothing'>, number>>
export type RiskThresholds = Readonly<Record<Harm, BandThresholds>>

export const usualThresholds: RiskThresholds = {
  takeover: { note: 0.2, pause: 0.4, alert: 0.8 },
  burst: { note: 0.2, pause: 0.4, alert: 0.8 },
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
