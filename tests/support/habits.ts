/** Somebody with habits: what they have bought, so that something else can look unlike it. */
import type { EventLog } from '../../src/main/ports/event-log.ts'
import { approved, succeeded } from './events.ts'

const dayMs = 24 * 60 * 60_000

/** Two small purchases at one seller, at noon, each third day up to the moment. */
export async function withHabits(log: EventLog, nowMs: number, memberId?: string): Promise<void> {
  const noon = Math.floor(nowMs / dayMs) * dayMs + dayMs / 2
  for (let day = 120; day >= 3; day -= 3) {
    for (const minute of [0, 25]) {
      const id = `habit-${memberId ?? ''}${day}-${minute}`
      const countedAt = new Date(noon - day * dayMs + minute * 60_000).toISOString()
      const event = approved(id, { countedAt, sellerId: 'nebelfuchs', price: { amount: minute === 0 ? '99' : '149', currency: 'EUR' }, ...(memberId !== undefined && { memberId }) })
      await log.append(() => event)
      await log.append(() => succeeded(id))
    }
  }
}
