/** How long the window must have stood still before `Pay` counts: shorter than a person needs to read and react. */
export const quietMs = 500

export interface Arming {
  /** The window appeared, moved, changed size or came to the front: start waiting again. */
  readonly disturb: () => void
  readonly dispose: () => void
}

/**
 * Tells through `onChange` whether `Pay` may count. It may not until `quietMs` after the last disturbance, so that a
 * click or key meant for a game or another window never pays.
 */
export function createArming(onChange: (isArmed: boolean) => void): Arming {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    disturb() {
      clearTimeout(timer)
      onChange(false)
      timer = setTimeout(() => onChange(true), quietMs)
    },
    dispose: () => clearTimeout(timer),
  }
}

export interface Press {
  readonly isTrusted: boolean
  readonly isArmed: boolean
  /** The pointer or key went down while the window was not armed yet. */
  readonly beganUnarmed: boolean
}

/**
 * What a press of `Pay` is: an answer only when a person made it wholly after the window had stood still. One that came
 * too soon is answered with a hint, one that no person made with nothing.
 */
export function judgePress({ isTrusted, isArmed, beganUnarmed }: Press): 'counts' | 'tooSoon' | 'notAPerson' {
  if (!isTrusted) return 'notAPerson'
  return isArmed && !beganUnarmed ? 'counts' : 'tooSoon'
}
