/** How watchful Tuppence is of what looks wrong, and from which probability on something follows. */
import { type Band, type BandThresholds, bandOf, bands, usualThresholds } from './risk/bands.ts'
import { type Harm, harms } from './risk/harm.ts'

/** From the least watchful to the most. */
export const monitoringLevels = ['off', 'rarely', 'usual', 'often'] as const
export type MonitoringLevel = (typeof monitoringLevels)[number]

/** The level of each harm. */
export type MonitoringLevels = Readonly<Record<Harm, MonitoringLevel>>

export const usualLevels: MonitoringLevels = { takeover: 'usual', burst: 'usual' }

/** The odds that it takes, compared with usual. */
const oddsOf: Readonly<Record<Exclude<MonitoringLevel, 'off'>, number>> = { rarely: 3, usual: 1, often: 1 / 3 }

/** From which probabilities on something follows, in whole per cent of 1; null where nothing does. */
export function thresholdsOf(harm: Harm, level: MonitoringLevel): BandThresholds | null {
  if (level === 'off') return null
  const { note, pause, alert } = usualThresholds[harm]
  const at = (probability: number) => Math.round((100 * oddsOf[level] * probability) / (1 - probability + oddsOf[level] * probability)) / 100
  return { note: at(note), pause: at(pause), alert: at(alert) }
}

const rankOf = (level: MonitoringLevel): number => monitoringLevels.indexOf(level)

/** Whether the levels are less watchful of some harm. */
export const isLessWatchful = (levels: MonitoringLevels, than: MonitoringLevels): boolean => harms.some((harm) => rankOf(levels[harm]) < rankOf(than[harm]))

export const areSameLevels = (one: MonitoringLevels, other: MonitoringLevels): boolean => harms.every((harm) => one[harm] === other[harm])

/** The more watchful level of each harm. */
export function moreWatchfulOf(one: MonitoringLevels, other: MonitoringLevels): MonitoringLevels {
  const more = (harm: Harm) => (rankOf(one[harm]) < rankOf(other[harm]) ? other[harm] : one[harm])
  return { takeover: more('takeover'), burst: more('burst') }
}

export interface Bands {
  readonly bands: Readonly<Record<Harm, Band>>
  /** The higher of both. */
  readonly band: Band
}

/** What follows from the probabilities by the levels. */
export function bandsOf(probabilities: Readonly<Record<Harm, number>>, levels: MonitoringLevels): Bands {
  const of = (harm: Harm): Band => {
    const from = thresholdsOf(harm, levels[harm])
    return from ? bandOf(probabilities[harm], from) : 'nothing'
  }
  const each = { takeover: of('takeover'), burst: of('burst') }
  return { bands: each, band: bands[Math.max(bands.indexOf(each.takeover), bands.indexOf(each.burst))] ?? 'nothing' }
}
