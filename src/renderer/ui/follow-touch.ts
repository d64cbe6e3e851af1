/** How often main is told at most that somebody is in front of a kiosk. */
const everyMs = 1_000

/** What a person does on purpose: a pointer also moves because somebody bumps into the table. */
const signs = ['pointerdown', 'wheel', 'keydown'] as const

/** Tells of every touch of a person, at most once a second, and each while `isUrgent`. Gives the function that stops. */
export function followTouch(target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>, tell: () => void, isUrgent: () => boolean): () => void {
  let toldAtMs = Number.NEGATIVE_INFINITY
  const notice = ({ isTrusted }: Event) => {
    const nowMs = performance.now()
    if (!isTrusted || (nowMs - toldAtMs < everyMs && !isUrgent())) return
    toldAtMs = nowMs
    tell()
  }
  const options = { capture: true, passive: true }
  for (const sign of signs) target.addEventListener(sign, notice, options)
  return () => {
    for (const sign of signs) target.removeEventListener(sign, notice, options)
  }
}
