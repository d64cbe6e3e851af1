import { type PadAction, type PadState, heldActions } from './buttons.ts'

/** Which controller drives: the first that is there and speaks the standard mapping. */
function firstPad(): PadState | null {
  return navigator.getGamepads().find((pad) => pad?.connected && pad.mapping === 'standard') ?? null
}

/** Tells in every frame what is held down, while a controller is there; null while another window has the keyboard. Gives the function that stops. */
export function followGamepads(onHeld: (held: ReadonlySet<PadAction> | null, ms: number) => void): () => void {
  let frame = 0
  const look = (ms: number) => {
    const pad = firstPad()
    frame = pad ? requestAnimationFrame(look) : 0
    // A window behind another one hears of controllers too, and has nothing to do with what is pressed.
    if (pad) onHeld(document.hasFocus() ? heldActions(pad) : null, ms)
  }
  const begin = () => {
    if (frame === 0) frame = requestAnimationFrame(look)
  }
  addEventListener('gamepadconnected', begin)
  // One that was pressed before the page was there is known already.
  begin()
  return () => {
    removeEventListener('gamepadconnected', begin)
    cancelAnimationFrame(frame)
    frame = 0
  }
}
