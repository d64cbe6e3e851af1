/** P10: whose turn it is in front of a kiosk. When it is over, nothing of theirs is left. */
import { touched, turnState, type Turn, type TurnState } from '../../domain/kiosk.ts'
import type { Clock } from '../ports/clock.ts'

export interface KioskTurnDeps {
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>
  /** Drops all that is personal. */
  readonly onOver: () => void
  /** Told when there is something else to show. */
  readonly onChanged: () => void
}

export function createKioskTurn({ clock, onOver, onChanged }: KioskTurnDeps) {
  let turn: Turn = null
  const now = () => ({ wall: clock.now(), monotonic: clock.monotonicMs() })
  const state = (): TurnState => turnState(turn, now())

  function finish(): void {
    turn = null
    onOver()
    onChanged()
  }

  return {
    state,
    /** Also for a page that has just failed: whoever sat in front of it begins anew. */
    finish,
    touch(): void {
      const before = state().kind
      turn = touched(turn, now())
      if (before === 'over') finish()
      else if (before !== 'inUse') onChanged()
    },
    /** To be called again and again: a timer would stand still while the computer is suspended. */
    look(): void {
      const { kind } = state()
      if (kind === 'over') finish()
      if (kind === 'warning') onChanged()
    },
  }
}
