/** Longer than a request to the gateway may take, and than the keychain may need to answer. */
const tidyWithinMs = 15_000

/** The part of Electron's `app` that this needs. */
interface Quittable {
  quit(): void
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown
}

/**
 * Quitting waits until what is under way has ended and is on the disk, but not for ever: whatever is cut off then is
 * found again at the next start. `tidyUp` runs once, after the last window has closed.
 */
export function quitTidily(app: Quittable, tidyUp: () => Promise<unknown>): void {
  let state: 'running' | 'tidying' | 'tidy' = 'running'
  app.on('will-quit', (event) => {
    if (state === 'tidy') return
    event.preventDefault()
    if (state === 'tidying') return
    state = 'tidying'
    void endOf(tidyUp()).then(() => {
      state = 'tidy'
      app.quit()
    })
  })
}

async function endOf(work: Promise<unknown>): Promise<void> {
  const tooLong = Promise.withResolvers<void>()
  const timer = setTimeout(tooLong.resolve, tidyWithinMs)
  await Promise.race([Promise.allSettled([work]), tooLong.promise])
  clearTimeout(timer)
}
