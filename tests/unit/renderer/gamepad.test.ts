import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHold, createPresses, heldActions, holdToPayMs, type PadAction } from '../../../src/renderer/gamepad/buttons.ts'
import { type Box, type Direction, nextBox } from '../../../src/renderer/gamepad/spatial.ts'

const box = (left: number, top: number, width = 100, height = 40): Box => ({ left, top, right: left + width, bottom: top + height })
const opposite = { up: 'down', down: 'up', left: 'right', right: 'left' } as const

describe('where the focus goes', () => {
  // Two rows of three.
  const grid = [box(0, 0), box(120, 0), box(240, 0), box(0, 60), box(120, 60), box(240, 60)]

  it.each([
    [0, 'right', 1],
    [1, 'right', 2],
    [2, 'right', null],
    [1, 'down', 4],
    [5, 'up', 2],
    [4, 'left', 3],
    [0, 'up', null],
  ] as const)('from %d to the %s is %s', (from, direction, to) => {
    expect(nextBox(grid[from]!, grid, direction)).toBe(to)
  })

  it('prefers what is straight ahead to what is nearer and off to the side', () => {
    expect(nextBox(box(0, 0), [box(160, 50), box(0, 120)], 'down')).toBe(1)
  })

  it('goes back the way it came in a grid, and never to where it is not ahead', () => {
    const directions = fc.constantFrom<Direction>('up', 'down', 'left', 'right')
    fc.assert(
      fc.property(fc.nat({ max: 5 }), directions, (from, direction) => {
        const to = nextBox(grid[from]!, grid, direction)
        expect(to === null || nextBox(grid[to]!, grid, opposite[direction]) === from).toBe(true)
      }),
    )
  })
})

const pad = (pressed: readonly number[], axes: readonly number[] = []) => ({ buttons: Array.from({ length: 17 }, (_, at) => ({ pressed: pressed.includes(at) })), axes })

describe('what a controller says', () => {
  it('is read by the standard mapping', () => {
    expect([...heldActions(pad([0, 1, 4, 5, 12]))]).toEqual(['activate', 'back', 'previous', 'next', 'up'])
    expect([...heldActions(pad([2, 3, 8, 9, 16]))]).toEqual([])
    expect([...heldActions(pad([], [-0.9, 0.3]))]).toEqual(['left'])
    expect([...heldActions(pad([], [0.5, 0.5]))]).toEqual([])
  })

  function pressesOf(frames: readonly (readonly [ms: number, ...held: PadAction[]])[]): PadAction[] {
    const seen: PadAction[] = []
    const presses = createPresses((action) => seen.push(action))
    for (const [ms, ...held] of frames) presses(new Set(held), ms)
    return seen
  }

  it('is a press once, however long it is held, and again after it was let go', () => {
    expect(pressesOf([[0], [16, 'activate'], [32, 'activate'], [5000, 'activate'], [5016], [5032, 'activate']])).toEqual(['activate', 'activate'])
  })

  it('is no press where it was held before the window was there', () => {
    expect(pressesOf([[0, 'activate', 'down'], [16, 'activate', 'down'], [9000, 'activate', 'down']])).toEqual([])
  })

  it('is no press where another window had the keyboard as it went down', () => {
    const seen: PadAction[] = []
    const presses = createPresses((action) => seen.push(action))
    const held = new Set<PadAction>(['activate'])
    const frames = [new Set<PadAction>(), null, held, held]
    frames.forEach((frame, at) => presses(frame, at * 16))
    expect(seen).toEqual([])
  })

  it('goes on by itself for directions alone', () => {
    expect(pressesOf([[0], [1, 'down', 'back'], [300, 'down', 'back'], [401, 'down', 'back'], [500, 'down', 'back'], [551, 'down', 'back']])).toEqual(['down', 'back', 'down', 'down'])
  })
})

describe('P1 paying by holding', () => {
  type Frame = readonly [ms: number, isHeld: boolean | null, isCalm: boolean]
  const countsAt = (frames: readonly Frame[]) => {
    const hold = createHold()
    return frames.filter(([ms, isHeld, isCalm]) => hold(isHeld, isCalm, ms).counts).map(([ms]) => ms)
  }

  it('counts after 800 ms, once', () => {
    expect(countsAt([[0, false, true], [10, true, true], [809, true, true], [810, true, true], [2000, true, true], [5000, true, true]])).toEqual([810])
  })

  it('does not count where it was held before the window was there, or had stood still', () => {
    expect(countsAt([[0, true, true], [2000, true, true]])).toEqual([])
    expect(countsAt([[0, false, false], [10, true, false], [500, true, true], [5000, true, true]])).toEqual([])
  })

  it('begins anew where the window was disturbed meanwhile, and only after it was let go', () => {
    expect(countsAt([[0, false, true], [10, true, true], [600, true, false], [700, true, true], [3000, true, true]])).toEqual([])
    expect(countsAt([[0, false, true], [10, true, true], [600, true, false], [700, false, true], [710, true, true], [1510, true, true]])).toEqual([1510])
  })

  it('does not count where it was held while another window had the keyboard', () => {
    expect(countsAt([[0, false, true], [10, null, true], [20, true, true], [2000, true, true]])).toEqual([])
  })

  it('never counts sooner than 800 ms after it was last up or not calm, whatever happens', () => {
    const frame = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.boolean(), fc.boolean())
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 60 }), (steps) => {
        const hold = createHold()
        let [ms, lastMs] = [0, 0]
        const afterMs: number[] = []
        for (const [step, isHeld, isCalm] of steps) {
          ms += step
          if (!isHeld || !isCalm) lastMs = ms
          if (hold(isHeld, isCalm, ms).counts) {
            afterMs.push(ms - lastMs)
            lastMs = ms
          }
        }
        expect(afterMs.filter((waited) => waited < holdToPayMs)).toEqual([])
      }),
    )
  })
})
