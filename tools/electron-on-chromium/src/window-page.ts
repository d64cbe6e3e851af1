import { createEvent } from './events.ts'
import { kernel } from './kernel.ts'
import { watchResponsiveness } from './responsiveness.ts'
import type { ResponsivenessListener } from './responsiveness.ts'
import type { WebContentsImpl } from './web-contents.ts'

export type WindowPageListener = ResponsivenessListener & {
  /** The page no longer exists, by whoever's doing. */
  onGone(): void
  /** The page's beforeunload has kept it open; it can be asked again once `settled`. */
  onStay(settled: Promise<unknown>): void
  onReadyToShow(): void
}

/** What a window has to hear of its page. */
export async function watchWindowPage(contents: WebContentsImpl, listener: WindowPageListener): Promise<void> {
  const { targets } = await kernel
  const { targetId, session } = await contents.ready
  targets.listen(targetId, {
    onCrashed: (status, exitCode) => contents.rendererGone(status === 'killed' || status === 'oom' ? status : 'crashed', exitCode),
    onDestroyed: listener.onGone,
  })
  session.on('Page.javascriptDialogOpening', ({ type }) => {
    // Electron asks nobody: a page that objects stays, unless the app overrules it.
    if (type !== 'beforeunload') return
    const event = createEvent()
    contents.emit('will-prevent-unload', event)
    const answered = session.send('Page.handleJavaScriptDialog', { accept: event.defaultPrevented })
    // A page that has just been kept hears of nothing new until it has taken in the answer.
    const settled = answered.then(() => session.send('Runtime.evaluate', { expression: '0' })).catch(() => {})
    if (!event.defaultPrevented) listener.onStay(settled)
  })
  let isReady = false
  session.on('Page.lifecycleEvent', ({ name, frameId }) => {
    if (isReady || frameId !== targetId || name !== 'firstPaint' || contents.getURL() === '') return
    isReady = true
    listener.onReadyToShow()
  })
  watchResponsiveness(contents, session, listener)
}
