import { useFormat } from '../../../i18n/format-context.ts'

interface Days {
  readonly from: string
  readonly to: string
}

/** What a period is called: `October 2026`, `2026`, `23–29 Nov 2026`. */
export function usePeriodName() {
  const format = useFormat()
  return (unit: 'week' | 'month' | 'year', { from, to }: Days): string => {
    if (unit === 'month') return format.month(from)
    return unit === 'year' ? from.slice(0, 4) : format.days(from, to)
  }
}
