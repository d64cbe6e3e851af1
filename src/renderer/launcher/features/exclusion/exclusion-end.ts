import type { ExclusionLength } from '../../../../contract/controls.ts'

export const exclusionLengths = ['24hours', '7days', '30days', '6months', '1year', '5years'] as const satisfies readonly ExclusionLength[]

const days: Partial<Record<ExclusionLength, number>> = { '24hours': 1, '7days': 7, '30days': 30 }
const months: Partial<Record<ExclusionLength, number>> = { '6months': 6, '1year': 12, '5years': 60 }
const dayMs = 24 * 60 * 60_000

/**
 * When an exclusion of that length would end that began at the instant: for reading before one is asked for. The gateway
 * dates the real one by its own clock, in the same way.
 */
export function exclusionEnd(length: ExclusionLength, begins: Date): Date {
  const end = new Date(begins.getTime() + (days[length] ?? 0) * dayMs)
  const day = end.getUTCDate()
  end.setUTCDate(1)
  end.setUTCMonth(end.getUTCMonth() + (months[length] ?? 0))
  // A month without that day ends on its last one.
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate()
  end.setUTCDate(Math.min(day, lastDay))
  return end
}
