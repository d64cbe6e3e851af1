import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { quitTidily } from '../../../src/main/quit-tidily.ts'

/** Quits as Electron does: asks first, and ends only if nobody prevents it. */
function createApp() {
  const events = new EventEmitter()
  let hasEnded = false
  const quit = () => {
    let isPrevented = false
    events.emit('will-quit', { preventDefault: () => (isPrevented = true) })
    if (!isPrevented) hasEnded = true
  }
  return { on: events.on.bind(events) as never, quit, hasEnded: () => hasEnded }
}

describe('quitting', () => {
  it('P2 waits for what is under way, and tidies up once however often it is asked', async () => {
    const app = createApp()
    const work = Promise.withResolvers<void>()
    const tidyUp = vi.fn<() => Promise<void>>(() => work.promise)
    quitTidily(app, tidyUp)
    app.quit()
    app.quit()
    await Promise.resolve()
    expect(app.hasEnded()).toBe(false)
    work.resolve()
    await vi.waitUntil(app.hasEnded)
    expect(tidyUp).toHaveBeenCalledOnce()
  })

  it('ends also when tidying up fails', async () => {
    const app = createApp()
    quitTidily(app, () => Promise.reject(new Error('disk')))
    app.quit()
    await vi.waitUntil(app.hasEnded)
    expect(app.hasEnded()).toBe(true)
  })

  it('does not wait for ever', async () => {
    vi.useFakeTimers()
    const app = createApp()
    quitTidily(app, () => new Promise(() => {}))
    app.quit()
    await vi.advanceTimersByTimeAsync(15_000)
    vi.useRealTimers()
    expect(app.hasEnded()).toBe(true)
  })
})
