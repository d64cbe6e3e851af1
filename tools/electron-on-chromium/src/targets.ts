import type { Protocol } from 'devtools-protocol'
import type { CdpSession } from './cdp.ts'
import { birthAt } from './birth.ts'
import type { Birth } from './birth.ts'

type TargetInfo = Protocol.Target.TargetInfo
export type TargetListener = { onCrashed(status: string, errorCode: number): void; onDestroyed(): void }

/** Which pages exist, which of them are the app's windows, and what becomes of them. */
export type Targets = {
  /** Resolves with the page that was born there. */
  find(birth: Birth): Promise<string>
  /** Resolves with the DevTools session of a page; all pages get one as soon as they exist. */
  sessionOf(targetId: string): Promise<string>
  listen(targetId: string, listener: TargetListener): void
  isStray(targetId: string): boolean
  /** While it runs, pages that appear are not judged yet. */
  expecting<T>(work: Promise<T>, idOf: (value: T) => string): Promise<T>
}

export function createTargets(browser: CdpSession): Targets {
  const wanted = new Map<string, (targetId: string) => void>()
  const early = new Map<string, string>()
  const listeners = new Map<string, TargetListener>()
  const sessions = new Map<string, PromiseWithResolvers<string>>()
  const own = new Set<string>()
  const strays = new Set<string>()
  let expected = 0
  let postponed: TargetInfo[] = []

  const sessionOf = (targetId: string) => {
    const known = sessions.get(targetId) ?? Promise.withResolvers<string>()
    sessions.set(targetId, known)
    return known
  }
  const judge = (info: TargetInfo) => {
    const { targetId, type, url, openerId } = info
    if (type !== 'page' || own.has(targetId) || strays.has(targetId)) return
    const token = birthAt(url)?.token
    if (token !== undefined && openerId === undefined) {
      own.add(targetId)
      early.set(token, targetId)
      wanted.get(token)?.(targetId)
    } else if (expected > 0) {
      postponed.push(info)
    } else if (openerId !== undefined || (url !== '' && !/^(about:blank|devtools:)/.test(url))) {
      // A window that a page opened past us. What the page wanted has been put to its window-open handler already.
      strays.add(targetId)
      browser.post('Target.closeTarget', { targetId })
    }
  }
  browser.on('Target.attachedToTarget', ({ sessionId, targetInfo: { targetId } }) => sessionOf(targetId).resolve(sessionId))
  browser.on('Target.targetCreated', ({ targetInfo }) => judge(targetInfo))
  browser.on('Target.targetInfoChanged', ({ targetInfo }) => judge(targetInfo))
  browser.on('Target.targetCrashed', ({ targetId, status, errorCode }) => listeners.get(targetId)?.onCrashed(status, errorCode))
  browser.on('Target.targetDestroyed', ({ targetId }) => {
    listeners.get(targetId)?.onDestroyed()
    listeners.delete(targetId)
    own.delete(targetId)
    sessions.delete(targetId)
    // Its requests may still be on their way.
    setTimeout(() => strays.delete(targetId), 5000).unref()
  })
  browser.post('Target.setDiscoverTargets', { discover: true })
  browser.post('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true, filter: [{ type: 'page' }] })

  return {
    find({ token }) {
      const known = early.get(token)
      return known === undefined ? new Promise((resolve) => wanted.set(token, resolve)) : Promise.resolve(known)
    },
    sessionOf: (targetId) => sessionOf(targetId).promise,
    listen: (targetId, listener) => void listeners.set(targetId, listener),
    isStray: (targetId) => strays.has(targetId),
    async expecting(work, idOf) {
      expected += 1
      try {
        const value = await work
        own.add(idOf(value))
        return value
      } finally {
        expected -= 1
        if (expected === 0) {
          const waiting = postponed
          postponed = []
          waiting.forEach(judge)
        }
      }
    },
  }
}
