import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isKioskKey, overAfterMs, touched, turnState, warnAfterMs, type KeyPress, type Moment } from '../../../src/domain/kiosk.ts'
import { kioskChords, specialKeys } from '../../support/kiosk-chords.ts'

const at = (ms: number): Moment => ({ wall: 1_000_000 + ms, monotonic: ms })

describe('whose turn it is', () => {
  const turn = touched(null, at(0))

  it('is nobody’s before the first touch', () => {
    expect(turnState(null, at(0))).toEqual({ kind: 'nobody' })
  })

  it('ends after a minute without a touch, with a warning before, to the millisecond', () => {
    expect(turnState(turn, at(warnAfterMs - 1))).toEqual({ kind: 'inUse' })
    expect(turnState(turn, at(warnAfterMs))).toEqual({ kind: 'warning', leftMs: 15_000 })
    expect(turnState(turn, at(overAfterMs - 1))).toEqual({ kind: 'warning', leftMs: 1 })
    expect(turnState(turn, at(overAfterMs))).toEqual({ kind: 'over' })
  })

  it('begins afresh with a touch, also after the warning, but not once it is over', () => {
    expect(turnState(touched(turn, at(overAfterMs - 1)), at(overAfterMs))).toEqual({ kind: 'inUse' })
    expect(turnState(touched(turn, at(overAfterMs)), at(overAfterMs))).toEqual({ kind: 'over' })
  })

  it('gets no longer by setting the clock back, or by suspending the computer', () => {
    expect(turnState(turn, { wall: 0, monotonic: overAfterMs })).toEqual({ kind: 'over' })
    expect(turnState(turn, { wall: 1_000_000 + overAfterMs, monotonic: 5 })).toEqual({ kind: 'over' })
  })

  it('is over at the latest a minute after the last touch, whatever the clocks do', () => {
    const moment = fc.record({ wall: fc.integer({ min: 0, max: 10 ** 7 }), monotonic: fc.integer({ min: 0, max: 10 ** 7 }) })
    fc.assert(
      fc.property(moment, moment, (seenAt, now) => {
        const isLong = now.wall - seenAt.wall >= overAfterMs || now.monotonic - seenAt.monotonic >= overAfterMs
        expect(turnState({ seenAt }, now).kind === 'over').toBe(isLong)
      }),
    )
  })
})

function pressOf(chord: string): KeyPress {
  const parts = chord.split('+').filter((part) => part !== '')
  const key = chord.endsWith('+') ? '+' : (parts.at(-1) ?? '')
  const has = (name: string) => parts.includes(name)
  return { key: key === 'Space' ? ' ' : key, control: has('Control'), alt: has('Alt'), meta: has('Meta'), shift: has('Shift') }
}

const plain: Omit<KeyPress, 'key'> = { control: false, alt: false, meta: false, shift: false }

describe('keys in kiosk mode', () => {
  it('are at least 150 chords that might lead out, each once', () => {
    expect(new Set(kioskChords).size).toBe(kioskChords.length)
    expect(kioskChords.length).toBeGreaterThanOrEqual(150)
  })

  it.each([...kioskChords, ...specialKeys])('%s does nothing', (chord) => {
    expect(isKioskKey(pressOf(chord))).toBe(false)
  })

  it.each(['a', 'Ä', 'ß', '5', '+', '@', '日', ' ', 'Backspace', 'Enter', 'Tab', 'Escape', 'ArrowLeft', 'PageDown', 'Home', 'Dead', 'Shift'])('%s types or moves', (key) => {
    expect(isKioskKey({ key, ...plain })).toBe(true)
  })

  it('that are not known do nothing, and with Control, Alt or Meta none does', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('control', 'alt', 'meta'), (key, modifier) => {
        expect(isKioskKey({ key, ...plain, [modifier]: true })).toBe(false)
      }),
    )
  })
})
