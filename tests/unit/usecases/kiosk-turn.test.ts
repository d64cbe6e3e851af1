import { describe, expect, it } from 'vitest'
import { createKioskTurn } from '../../../src/main/usecases/kiosk-turn.ts'
import { createFakeClock } from '../../support/fake-clock.ts'

function world() {
  const clock = createFakeClock()
  const counts = { over: 0, changed: 0 }
  const turn = createKioskTurn({ clock, onOver: () => (counts.over += 1), onChanged: () => (counts.changed += 1) })
  return { clock, counts, turn }
}

describe('P10 a turn in front of a kiosk', () => {
  it('begins with a touch, goes on with each, and is over once after a minute without one', () => {
    const { clock, counts, turn } = world()
    turn.look()
    expect(counts).toEqual({ over: 0, changed: 0 })
    turn.touch()
    clock.advance(59_999)
    turn.look()
    expect(turn.state().kind).toBe('warning')
    turn.touch()
    clock.advance(59_999)
    turn.look()
    expect(counts.over).toBe(0)
    clock.advance(1)
    turn.look()
    turn.look()
    expect(counts.over).toBe(1)
    expect(turn.state()).toEqual({ kind: 'nobody' })
  })

  it('is over for whoever comes too late: their touch clears what was before', () => {
    const { clock, counts, turn } = world()
    turn.touch()
    clock.suspend(3_600_000)
    turn.touch()
    expect(counts.over).toBe(1)
    expect(turn.state().kind).toBe('nobody')
  })

  it('tells that it has changed when somebody comes, is warned, goes on, and has finished', () => {
    const { clock, counts, turn } = world()
    turn.touch()
    turn.touch()
    expect(counts.changed).toBe(1)
    clock.advance(45_000)
    turn.look()
    turn.touch()
    expect(counts.changed).toBe(3)
    turn.finish()
    expect(counts).toEqual({ over: 1, changed: 4 })
  })
})
