import { describe, expect, it } from 'vitest'
import { createHeartbeat } from '../../../src/main/windows/heartbeat.ts'

function world() {
  const counts = { asked: 0, hung: 0 }
  const heartbeat = createHeartbeat({ ask: () => (counts.asked += 1), onHung: () => (counts.hung += 1) })
  const tick = (times: number) => Array.from({ length: times }, () => heartbeat.tick())
  return { counts, heartbeat, tick }
}

describe('asking a page whether it works', () => {
  it('finds out that it hangs after three questions without an answer, once', () => {
    const { counts, heartbeat, tick } = world()
    heartbeat.answered()
    tick(3)
    expect(counts).toEqual({ asked: 3, hung: 0 })
    tick(10)
    expect(counts.hung).toBe(1)
  })

  it('takes no page for hung that answers, however late', () => {
    const { counts, heartbeat, tick } = world()
    heartbeat.answered()
    for (const _ of Array.from({ length: 20 })) {
      tick(3)
      heartbeat.answered()
    }
    expect(counts.hung).toBe(0)
  })

  it('is patient with a page that is being loaded', () => {
    const { counts, heartbeat, tick } = world()
    tick(100)
    heartbeat.answered()
    heartbeat.forget()
    tick(100)
    expect(counts.hung).toBe(0)
  })
})
