/**
 * Self-exclusion: a ban on buying that a person chooses and nobody can shorten. It ends only on time that the gateway has
 * signed, and then only after a new yes and another day. Sources: UK Gambling Commission, Social Responsibility Code 3.5.3
 * (self-exclusion of at least six months, a positive request to return and a day of cooling off) and 3.3.4 (time-out of 24
 * hours, one week, one month).
 */
import { addCalendar } from './calendar.ts'

export const exclusionLengths = ['24hours', '7days', '30days', '6months', '1year', '5years'] as const
export type ExclusionLength = (typeof exclusionLengths)[number]

/** Times are RFC 3339 in UTC, by the gateway's clock. */
export interface Exclusion {
  readonly begunAt: string
  readonly until: string
  /** When the person said that they want to buy again, after the end; null before. */
  readonly returnAskedAt: string | null
}

/** How long a new yes after the end takes to act. */
export const returnCoolingOffMs = 24 * 60 * 60_000

const durations: Readonly<Record<ExclusionLength, Parameters<typeof addCalendar>[1]>> = {
  '24hours': { days: 1 },
  '7days': { days: 7 },
  '30days': { days: 30 },
  '6months': { months: 6 },
  '1year': { years: 1 },
  '5years': { years: 5 },
}

/** When an exclusion of that length ends that begins at the instant; milliseconds since the epoch. */
export function exclusionEnd(length: ExclusionLength, beginsMs: number): number {
  return addCalendar(beginsMs, durations[length])
}

export type ExclusionState =
  | { readonly kind: 'none' }
  /** Nothing is bought until then, whatever the person says. */
  | { readonly kind: 'running'; readonly until: string }
  /** Its time is over; buying waits for a new yes. */
  | { readonly kind: 'ended'; readonly until: string }
  /** The new yes was given and acts from then on. */
  | { readonly kind: 'coolingOff'; readonly until: string }

/** Where an exclusion stands by the gateway's time. Null where that is not known: then nothing that runs has ended. */
export function exclusionState(exclusion: Exclusion | null, gatewayMs: number | null): ExclusionState {
  if (!exclusion) return { kind: 'none' }
  const { until, returnAskedAt } = exclusion
  if (returnAskedAt !== null) {
    const actsMs = Date.parse(returnAskedAt) + returnCoolingOffMs
    if (gatewayMs !== null && gatewayMs >= actsMs) return { kind: 'none' }
    return { kind: 'coolingOff', until: new Date(actsMs).toISOString() }
  }
  if (gatewayMs === null || gatewayMs < Date.parse(until)) return { kind: 'running', until }
  return { kind: 'ended', until }
}
