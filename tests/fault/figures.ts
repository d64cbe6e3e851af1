/** What a run of faults came to. */
import type { Failed, FaultViolation } from './world.ts'

export interface FaultFigures {
  cases: number
  violations: number
  readonly byKind: Partial<Record<FaultViolation['kind'], number>>
  /** What was told, and how often. */
  readonly told: Record<string, number>
  /** The longest that anything took, in milliseconds. */
  longestMs: number
}

export function noFigures(): FaultFigures {
  return { cases: 0, violations: 0, byKind: {}, told: {}, longestMs: 0 }
}

/** `isHit`: whether it came to a failure; otherwise only what is wrong all the same counts. */
export function note(figures: FaultFigures, told: string, { ms, violations }: Omit<Failed, 'told'>, isHit: boolean): void {
  if (isHit) {
    figures.cases += 1
    figures.told[told] = (figures.told[told] ?? 0) + 1
    figures.longestMs = Math.max(figures.longestMs, Math.round(ms))
  }
  figures.violations += violations.length
  for (const { kind } of violations) figures.byKind[kind] = (figures.byKind[kind] ?? 0) + 1
}
