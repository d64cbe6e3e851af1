import type { QuietHours } from '../../../../contract/controls.ts'

/** The same hours on several weekdays, as a person thinks of them. 1 is Monday. */
export interface QuietRow {
  readonly weekdays: readonly number[]
  readonly fromMinute: number
  readonly toMinute: number
}

/** Hours of single weekdays, those that are alike put together; in the order of the week. */
export function groupHours(hours: readonly QuietHours[]): readonly QuietRow[] {
  const groups = Map.groupBy(hours, ({ fromMinute, toMinute }) => `${fromMinute} ${toMinute}`)
  const rows = [...groups.values()].flatMap((group): QuietRow[] => {
    const [first] = group
    if (!first) return []
    const weekdays = [...new Set(group.map(({ weekday }) => weekday))].sort((one, other) => one - other)
    return [{ weekdays, fromMinute: first.fromMinute, toMinute: first.toMinute }]
  })
  return rows.sort((one, other) => (one.weekdays[0] ?? 0) - (other.weekdays[0] ?? 0) || one.fromMinute - other.fromMinute)
}

export function ungroupHours(rows: readonly QuietRow[]): QuietHours[] {
  return rows.flatMap(({ weekdays, fromMinute, toMinute }) => weekdays.map((weekday) => ({ weekday, fromMinute, toMinute })))
}

export type RowProblem = 'noDay' | 'noTime' | 'sameTime' | 'tooMany'

/** How many hours one change may set. */
const maxHours = 28

/** What is wrong with rows that a person put together; null where nothing is. */
export function problemOf(rows: readonly QuietRow[]): RowProblem | null {
  if (rows.some(({ weekdays }) => weekdays.length === 0)) return 'noDay'
  if (rows.some(({ fromMinute, toMinute }) => Number.isNaN(fromMinute) || Number.isNaN(toMinute))) return 'noTime'
  if (rows.some(({ fromMinute, toMinute }) => fromMinute === toMinute)) return 'sameTime'
  return ungroupHours(rows).length > maxHours ? 'tooMany' : null
}

/** `22:30` as a field for times has it. */
export function timeText(minute: number): string {
  if (Number.isNaN(minute)) return ''
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** The minute of the day, or NaN where the field is not filled in. */
export function minuteOf(text: string): number {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(text) ?? []
  return hours === undefined || minutes === undefined ? Number.NaN : Number(hours) * 60 + Number(minutes)
}
