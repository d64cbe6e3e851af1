/** Spans of days that are asked for often. Days are ISO 8601 dates of the household, both included. */
export type Preset = 'all' | 'thisMonth' | 'lastMonth' | 'thisYear' | 'custom'

export interface Period {
  readonly from: string | null
  readonly to: string | null
}

const dayOf = (year: number, month: number, day: number) => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)

export function periodOf(preset: Exclude<Preset, 'custom'>, today: string): Period {
  const [year = 1970, month = 1] = today.split('-').map(Number)
  switch (preset) {
    case 'all':
      return { from: null, to: null }
    case 'thisMonth':
      return { from: dayOf(year, month - 1, 1), to: dayOf(year, month, 0) }
    case 'lastMonth':
      return { from: dayOf(year, month - 2, 1), to: dayOf(year, month - 1, 0) }
    case 'thisYear':
      return { from: dayOf(year, 0, 1), to: dayOf(year, 11, 31) }
  }
}

export function presetOf({ from, to }: Period, today: string): Preset {
  const presets = ['all', 'thisMonth', 'lastMonth', 'thisYear'] as const
  return presets.find((preset) => periodOf(preset, today).from === from && periodOf(preset, today).to === to) ?? 'custom'
}
