/** How often main is told at most that somebody is here. */
const everyMs = 20_000

/** Tells that somebody is here, at most every 20 seconds however much they move. */
export function createPresence(tell: () => Promise<unknown>, monotonicMs: () => number = () => performance.now()): () => void {
  let toldAtMs = Number.NEGATIVE_INFINITY
  return () => {
    const nowMs = monotonicMs()
    if (nowMs - toldAtMs < everyMs) return
    toldAtMs = nowMs
    // Where nobody could be told, the profile locks: that is the safe side.
    tell().catch(() => {})
  }
}

/** What a person does that is not done by itself. */
const signs = ['pointerdown', 'pointermove', 'wheel', 'keydown'] as const

/** Takes every use of pointer and keyboard as a sign that somebody is here; gives the function that stops. */
export function followPresence(target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>, isHere: () => void): () => void {
  const options = { capture: true, passive: true }
  // A page could make up events of its own; only those of the person count.
  const notice = (event: Event) => {
    if (event.isTrusted) isHere()
  }
  for (const sign of signs) target.addEventListener(sign, notice, options)
  return () => {
    for (const sign of signs) target.removeEventListener(sign, notice, options)
  }
}
