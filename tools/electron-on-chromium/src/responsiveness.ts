import type { CdpSession } from './cdp.ts'
import type { WebContentsImpl } from './web-contents.ts'

const askEveryMs = 1000
/** As long as Chromium's own hang monitor waits before it calls a page unresponsive. */
const patienceMs = 15_000

export type ResponsivenessListener = { wantsResponsive(): boolean; onResponsive(isResponsive: boolean): void }

/** Tells when a page stops answering, and when it answers again; asks only while somebody listens. */
export function watchResponsiveness(contents: WebContentsImpl, session: CdpSession, listener: ResponsivenessListener): void {
  let askedAt: number | undefined
  let isResponsive = true
  const change = (next: boolean) => {
    if (next === isResponsive) return
    isResponsive = next
    contents.emit(next ? 'responsive' : 'unresponsive')
    listener.onResponsive(next)
  }
  const answered = () => {
    askedAt = undefined
    change(true)
  }
  const isWanted = () => contents.listenerCount('unresponsive') > 0 || listener.wantsResponsive()
  const ask = () => {
    if (askedAt === undefined && !isWanted()) return
    if (contents.isDestroyed() || contents.isCrashed()) return void (askedAt = undefined)
    if (askedAt !== undefined) return Date.now() - askedAt > patienceMs ? change(false) : undefined
    askedAt = Date.now()
    session.send('Runtime.evaluate', { expression: '0' }).then(answered, answered)
  }
  const timer = setInterval(ask, askEveryMs)
  timer.unref()
  contents.once('destroyed', () => clearInterval(timer))
}
