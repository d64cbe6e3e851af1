/** Kiosk mode: who is in front of it for how long, and which keys a person has there. */

/** Whose PIN ends kiosk mode, as credentials and tries name them. No member has such an id: theirs are UUIDs. */
export const operatorId = 'kiosk-operator'

/** After how long without anybody a person is asked whether they are there, and after how long their turn is over; milliseconds. */
export const warnAfterMs = 45_000
export const overAfterMs = 60_000

/** Both clocks of the computer: the wall clock can be set, the monotonic one stands still while the computer is suspended. */
export interface Moment {
  readonly wall: number
  readonly monotonic: number
}

/** Somebody's turn, from their first touch on; null while nobody is there. */
export type Turn = { readonly seenAt: Moment } | null

export type TurnState =
  | { readonly kind: 'nobody' | 'inUse' | 'over' }
  /** Over in `leftMs` unless somebody says that they are there. */
  | { readonly kind: 'warning'; readonly leftMs: number }

export function turnState(turn: Turn, now: Moment): TurnState {
  if (!turn) return { kind: 'nobody' }
  // The clock that says that more time has passed is believed, so that setting one back gives no longer turn.
  const sinceMs = Math.max(now.wall - turn.seenAt.wall, now.monotonic - turn.seenAt.monotonic)
  if (sinceMs >= overAfterMs) return { kind: 'over' }
  return sinceMs >= warnAfterMs ? { kind: 'warning', leftMs: overAfterMs - sinceMs } : { kind: 'inUse' }
}

/** The turn after a touch. What is over stays so: whoever comes then begins their own. */
export function touched(turn: Turn, now: Moment): Turn {
  return turnState(turn, now).kind === 'over' ? turn : { seenAt: now }
}

/** A key as Electron tells of it; `key` is named as in the DOM (UI Events, `KeyboardEvent.key`). */
export interface KeyPress {
  readonly key: string
  readonly control: boolean
  readonly alt: boolean
  readonly meta: boolean
  readonly shift: boolean
}

const namedKeys: ReadonlySet<string> = new Set([
  ...['Backspace', 'Delete', 'Enter', 'Escape', 'Tab', 'Shift', 'CapsLock', 'NumLock', 'Dead', 'Process'],
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'],
])

/**
 * Whether a key does anything in kiosk mode: what types a character, and what moves within a page. What is not known here does
 * nothing, so that a key that somebody invents later opens nothing either. AltGr tells of itself as a character of its own.
 */
export function isKioskKey({ key, control, alt, meta, shift }: KeyPress): boolean {
  if (control || alt || meta) return false
  if (key === 'Delete' || key === 'Escape') return !shift
  return namedKeys.has(key) || Array.from(key).length === 1
}
