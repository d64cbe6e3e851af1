/** What a game controller says, in the words of the screens. Buttons by the standard mapping of the Gamepad API (W3C, section 8). */
import type { Direction } from './spatial.ts'

export type PadAction = Direction | 'activate' | 'back' | 'previous' | 'next'

/** What of a `Gamepad` is read. */
export interface PadState {
  readonly buttons: readonly { readonly pressed: boolean }[]
  readonly axes: readonly number[]
}

const actions: readonly (readonly [index: number, action: PadAction])[] = [
  [0, 'activate'],
  [1, 'back'],
  [4, 'previous'],
  [5, 'next'],
  [12, 'up'],
  [13, 'down'],
  [14, 'left'],
  [15, 'right'],
]

/** How far the left stick has to be pushed, of 1. */
const pushedFrom = 0.6

/** What is held down now. */
export function heldActions({ buttons, axes: [x = 0, y = 0] }: PadState): ReadonlySet<PadAction> {
  const held = new Set(actions.filter(([index]) => buttons[index]?.pressed).map(([, action]) => action))
  if (Math.abs(x) >= pushedFrom && Math.abs(x) >= Math.abs(y)) held.add(x < 0 ? 'left' : 'right')
  else if (Math.abs(y) >= pushedFrom) held.add(y < 0 ? 'up' : 'down')
  return held
}

/** When a direction that is held down goes on by itself, and how often from then on; milliseconds. */
const repeatAfterMs = 400
const repeatEveryMs = 150
const repeats: ReadonlySet<PadAction> = new Set(['up', 'down', 'left', 'right'])

/**
 * Turns what is held into presses; null while another window has the keyboard. What was held already when this one got it is no
 * press until it was let go: it was meant for the game, or for the window before.
 */
export function createPresses(onPress: (action: PadAction) => void) {
  let isFirst = true
  const held = new Map<PadAction, number>()
  return (now: ReadonlySet<PadAction> | null, ms: number): void => {
    if (now === null) {
      held.clear()
      isFirst = true
      return
    }
    for (const action of held.keys()) if (!now.has(action)) held.delete(action)
    for (const action of now) {
      const dueMs = held.get(action)
      if (dueMs === undefined) {
        held.set(action, isFirst ? Number.POSITIVE_INFINITY : ms + repeatAfterMs)
        if (!isFirst) onPress(action)
      } else if (ms >= dueMs && repeats.has(action)) {
        held.set(action, ms + repeatEveryMs)
        onPress(action)
      }
    }
    isFirst = false
  }
}

/** How long `activate` has to be held to pay, in milliseconds: nobody does that by mistake. */
export const holdToPayMs = 800

/**
 * Measures one long press; `isHeld` is null while another window has the keyboard. A press counts only where it began while this
 * window had it and stood still, and neither was interrupted; one press is one answer.
 */
export function createHold() {
  let beganMs: number | null = null
  let isSpent = true
  return (isHeld: boolean | null, isCalm: boolean, ms: number): { readonly part: number; readonly counts: boolean } => {
    if (isHeld === false) {
      beganMs = null
      isSpent = false
    } else if (isHeld === null || !isCalm) {
      beganMs = null
      isSpent = true
    } else if (!isSpent) beganMs ??= ms
    const part = beganMs === null ? 0 : Math.min(1, (ms - beganMs) / holdToPayMs)
    if (part < 1) return { part, counts: false }
    beganMs = null
    isSpent = true
    return { part: 0, counts: true }
  }
}
