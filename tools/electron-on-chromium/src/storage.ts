import fs from 'node:fs'
import path from 'node:path'
import type { Cdp, CdpSession } from './cdp.ts'
import type { Targets } from './targets.ts'

const kinds: Record<string, string> = {
  cookies: 'cookies', filesystem: 'file_systems', indexdb: 'indexeddb', localstorage: 'local_storage', serviceworkers: 'service_workers', cachestorage: 'cache_storage',
}

export type Storage = {
  /** @param storages Electron's names; all of them when not given */
  clear(origins: Iterable<string>, storages?: readonly string[]): Promise<void>
  clearCache(): Promise<void>
  /** Remembers an origin whose storage must not outlive this run, however it ends. */
  forget(origin: string): void
  /** Clears what was to be forgotten: in this run, and in one before that was killed. */
  forgetNow(): Promise<void>
}

/** Clears storage through a hidden page: Chromium offers it only to pages. */
export function createStorage({ browser, session }: Cdp, targets: Targets, profile: string): Storage {
  const list = path.join(profile, 'volatile-origins')
  const passing = new Set<string>(readLines(list))

  const withPage = async (work: (page: CdpSession) => Promise<unknown>) => {
    const { targetId } = await targets.expecting(browser.send('Target.createTarget', { url: 'about:blank', hidden: true, background: true }), (created) => created.targetId)
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true })
    try {
      await work(session(sessionId))
    } finally {
      browser.post('Target.closeTarget', { targetId })
    }
  }
  const clear: Storage['clear'] = async (origins, storages = []) => {
    const storageTypes = storages.length === 0 ? 'all' : storages.map((each) => kinds[each]).filter(Boolean).join(',')
    await withPage((page) => Promise.all([...origins].map((origin) => page.send('Storage.clearDataForOrigin', { origin, storageTypes }))))
  }
  return {
    clear,
    clearCache: () => withPage((page) => page.send('Network.clearBrowserCache')),
    forget(origin) {
      if (passing.has(origin)) return
      passing.add(origin)
      fs.appendFileSync(list, `${origin}\n`, { mode: 0o600 })
    },
    async forgetNow() {
      if (passing.size === 0) return
      await clear(passing)
      passing.clear()
      fs.rmSync(list, { force: true })
    },
  }
}

function readLines(file: string): string[] {
  try {
    return fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}
