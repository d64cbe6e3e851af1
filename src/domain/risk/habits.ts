/** What a profile says of one purchase: how usual its hour, weekday, amount and seller are. */
import type { Baseline } from './baseline.ts'
import { familiar, type Known } from './known.ts'
import { between, halved } from './numbers.ts'
import { amountPrior, type RiskProfile } from './profile.ts'
import { dayMs } from './windows.ts'

/** How much a habit is worth after so many purchases. */
export const trust = (purchases: number): number => purchases / (purchases + 5)

export const latelyOf = (profile: RiskProfile, currency: string): Baseline => profile.amounts.find(([one]) => one === currency)?.[1] ?? amountPrior

/** As if so many purchases had been spread evenly over all hours and weekdays. */
const priorHours = 6
const hourReach = 1.5
/** What an hour's surroundings would hold if all hours were alike. */
export const evenHours = (2 * hourReach) / 24

/** Of the person's purchases, how many were near this time of day. */
export function hourShare({ hours }: RiskProfile, minuteOfWeek: number): number {
  const total = hours.reduce((sum, one) => sum + one, 0)
  return (nearHour(hours, (minuteOfWeek % 1440) / 60) + priorHours * evenHours) / (total + priorHours)
}

export function weekdayShare({ weekdays }: RiskProfile, minuteOfWeek: number): number {
  const total = weekdays.reduce((sum, one) => sum + one, 0)
  return ((weekdays[Math.floor(minuteOfWeek / 1440)] ?? 0) + priorHours / 7) / (total + priorHours)
}

/** What lies within an hour and a half of the time of day, hours at the edge in part. */
function nearHour(hours: readonly number[], time: number): number {
  let sum = 0
  for (let hour = 0; hour < 24; hour += 1) {
    const apart = Math.abs(hour + 0.5 - time)
    const distance = Math.min(apart, 24 - apart)
    sum += (hours[hour] ?? 0) * between(hourReach + 0.5 - distance, 0, 1)
  }
  return sum
}

/** What was bought near the time of day, older purchases fading. */
export const nearTime = ({ hours }: RiskProfile, minuteOfWeek: number): number => nearHour(hours, (minuteOfWeek % 1440) / 60)

const youngDays = 10

/** 1 for what was never met; less with each time, and with the days since the first. */
export function strangeness(all: readonly Known[], name: string, atMs: number): number {
  const known = familiar(all, name)
  if (!known) return 1
  const [, weight, firstMs] = known
  return Math.max(0.5 / (0.5 + weight), 0.85 * halved((atMs - firstMs) / (youngDays * dayMs)))
}
