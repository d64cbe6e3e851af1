import type { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { BrowserWindow, errorBoxes, type FakeSession, newestWindow, resetElectron, session, windows } from '../../support/fake-electron.ts'
import { hostileUrls } from '../../support/hostile-urls.ts'
import { makeRendererFolder, type RendererFolder } from '../../support/renderer-folder.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))
const { createPageWindow, loadPage, pageOrigin } = await import('../../../src/main/windows/create-window.ts')
const { openLauncherWindow } = await import('../../../src/main/windows/launcher-window.ts')

let folder: RendererFolder
beforeAll(() => {
  folder = makeRendererFolder()
})
afterAll(() => folder.dispose())
beforeEach(resetElectron)

const options = (devServerUrl: string | null = null) => ({ preloadDir: '/app/preload', rendererDir: folder.path, devServerUrl })
const pages = ['launcher', 'confirm'] as const

/** The permissions that a handler may be asked about, as Electron's own types list them. */
function permissionsOf(method: string): string[] {
  const types = readFileSync('node_modules/electron/electron.d.ts', 'utf8')
  const line = types.split('\n').find((one) => one.trim().startsWith(`${method}(handler: (`)) ?? ''
  const union = /permission: ((?:'[a-zA-Z-]+'(?: \| )?)+)/.exec(line)?.[1] ?? ''
  return union.split(' | ').map((one) => one.slice(1, -1))
}

/** Everything that a page's window may have switched; a new entry is a decision to be made here as well. */
const allowedPreferences = (page: string) => ({
  preload: `/app/preload/${page}.cjs`,
  session: session.fromPartition(page),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  safeDialogs: true,
  navigateOnDragDrop: false,
  spellcheck: false,
  devTools: false,
})

describe.each(pages)('the window of the %s page', (page) => {
  const create = () => {
    createPageWindow(page, options(), { width: 400, show: false })
    return newestWindow()
  }

  it('P7 has exactly the preferences on the list', () => {
    expect(create().options.webPreferences).toEqual(allowedPreferences(page))
  })

  it('P7 has developer tools only under a development server', () => {
    createPageWindow(page, options('http://localhost:5173'), { show: false })
    expect(newestWindow().options.webPreferences).toEqual({ ...allowedPreferences(page), devTools: true })
  })

  it('P7 cannot be given other preferences by whoever places it', () => {
    const placement = { width: 400, webPreferences: { sandbox: false, nodeIntegration: true } }
    createPageWindow(page, options(), placement)
    expect(newestWindow().options.webPreferences).toEqual(allowedPreferences(page))
  })

  it('P7 keeps nothing on the disk', () => {
    create()
    expect(session.fromPartition(page).partition).toBe(page)
    expect(page).not.toMatch(/^persist:/)
  })

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])('P7 stays where it is: %s', (name) => {
    const event = { preventDefault: vi.fn<() => void>() }
    create().fakeContents.emit(name, event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
  })

  it(`P7 goes to none of ${hostileUrls.length} addresses, is redirected to none and opens none`, () => {
    const { fakeContents } = create()
    for (const url of [...hostileUrls, 'app://launcher/launcher/index.html', '']) {
      expect(fakeContents.windowOpenHandler?.({ url })).toEqual({ action: 'deny' })
      for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']) {
        const event = { url, preventDefault: vi.fn<() => void>() }
        fakeContents.emit(name, event)
        expect(event.preventDefault, `${name} ${url}`).toHaveBeenCalledOnce()
      }
    }
  })

  it('P10 sends nothing by WebRTC that does not go through a proxy', () => {
    expect(create().fakeContents.webRtcPolicy).toBe('disable_non_proxied_udp')
  })

  it.runIf(process.platform === 'linux')('brings its icon, a square of 512 pixels', () => {
    const png = readFileSync(create().options.icon as string)
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512])
  })

  it('loads its own page from its own origin', async () => {
    const window = createPageWindow(page, options(), {})
    await loadPage(window, page, options())
    expect(newestWindow().loaded).toEqual([`app://${page}/${page}/index.html`])
    expect(pageOrigin(page, options())).toBe(`app://${page}`)
  })
})

describe('the session of a page', () => {
  const guarded = (): FakeSession => {
    createPageWindow('confirm', options(), {})
    return session.fromPartition('confirm')
  }

  it('P10 P7 denies every permission that Electron knows, asked for or looked up', () => {
    const { request, check } = guarded().guards as {
      request: (contents: null, permission: string, callback: (granted: boolean) => void) => void
      check: (contents: null, permission: string) => boolean
    }
    const known = { request: permissionsOf('setPermissionRequestHandler'), check: permissionsOf('setPermissionCheckHandler') }
    expect([known.request.length, known.check.length].every((count) => count >= 40)).toBe(true)
    for (const permission of [...known.request, ...known.check, 'what-comes-next']) {
      const answers: boolean[] = []
      request(null, permission, (granted) => answers.push(granted))
      expect([permission, ...answers, check(null, permission)]).toEqual([permission, false, false])
    }
  })

  it('tells what was asked for, with the answer that was given', () => {
    const asked: string[] = []
    createPageWindow('launcher', { ...options(), onDenied: (permission) => void asked.push(permission) }, {})
    const { request } = session.fromPartition('launcher').guards as { request?: (contents: null, permission: string, callback: (granted: boolean) => void) => void }
    request?.(null, 'media', (granted) => asked.push(String(granted)))
    expect(asked).toEqual(['false', 'media'])
  })

  it('P7 denies devices and downloads', () => {
    const confirm = guarded()
    expect((confirm.guards.device as () => boolean)()).toBe(false)
    const event = { preventDefault: vi.fn<() => void>() }
    ;(confirm as EventEmitter).emit('will-download', event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
  })

  it('P7 is another one for each page, and serves that page only', async () => {
    for (const page of pages) createPageWindow(page, options(), {})
    const [launcher, confirm] = pages.map((page) => session.fromPartition(page))
    expect(launcher).not.toBe(confirm)
    expect((await launcher?.fetch('app://launcher/launcher/index.html'))?.status).toBe(200)
    expect((await launcher?.fetch('app://confirm/confirm/index.html'))?.status).toBe(404)
    expect((await confirm?.fetch('app://confirm/launcher/index.html'))?.status).toBe(404)
  })

  it('is guarded once, however many windows it has', () => {
    for (let count = 0; count < 5; count += 1) createPageWindow('confirm', options(), {})
    expect(session.fromPartition('confirm').listenerCount('will-download')).toBe(1)
  })
})

const outsideKiosk = { theme: 'dark', kiosk: { isOn: () => false, revive: () => false } } as const

describe('the launcher window', () => {
  it('is shown when its first frame is ready', async () => {
    openLauncherWindow(options(), { ...outsideKiosk, onFailed: vi.fn<(error: unknown) => void>() })
    expect(newestWindow().isVisible()).toBe(false)
    await vi.waitUntil(() => newestWindow().isVisible())
    expect(newestWindow().options).toMatchObject({ show: false, title: 'Tuppence', backgroundColor: '#14161b' })
    expect(windows()).toHaveLength(1)
  })

  it('is closed, and says why, when its page cannot be loaded', async () => {
    const failed = vi.fn<(error: unknown) => void>()
    BrowserWindow.loadFailure = new Error('ERR_FAILED')
    openLauncherWindow(options(), { ...outsideKiosk, onFailed: failed })
    await vi.waitUntil(() => newestWindow().isDestroyed())
    expect(failed).toHaveBeenCalledExactlyOnceWith(BrowserWindow.loadFailure)
  })

  it('has the ground colour of the theme from the start', () => {
    openLauncherWindow(options(), { ...outsideKiosk, theme: 'light', onFailed: vi.fn<(error: unknown) => void>() })
    expect(newestWindow().options.backgroundColor).toBe('#f4f5f7')
  })
})

describe('a launcher page that crashes', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
  afterEach(() => void vi.useRealTimers())
  const open = async () => {
    const failed = vi.fn<(error: unknown) => void>()
    openLauncherWindow(options(), { ...outsideKiosk, onFailed: failed })
    const window = newestWindow()
    await vi.waitUntil(() => window.isVisible())
    return { window, failed, crash: () => void window.fakeContents.emit('render-process-gone') }
  }

  it('is loaded anew, in the same window, without a word', async () => {
    const { window, crash } = await open()
    crash()
    expect(window.loaded).toEqual(['app://launcher/launcher/index.html', 'app://launcher/launcher/index.html'])
    expect(window.isDestroyed()).toBe(false)
    expect(errorBoxes).toEqual([])
  })

  it('again within a minute is given up: a box speaks of the money first, then the window closes', async () => {
    const { window, crash } = await open()
    crash()
    vi.advanceTimersByTime(60_000)
    window.once('closed', () => expect(errorBoxes).toHaveLength(1))
    crash()
    expect(window.loaded).toHaveLength(2)
    expect(window.isDestroyed()).toBe(true)
    expect(errorBoxes).toEqual([expect.stringMatching(/^Tuppence has to close: Nothing is charged without your yes\./)])
  })

  it('again after more than a minute is loaded anew again', async () => {
    const { window, crash } = await open()
    crash()
    vi.advanceTimersByTime(60_001)
    crash()
    expect(window.loaded).toHaveLength(3)
    expect(window.isDestroyed()).toBe(false)
  })

  it('and then cannot be loaded is closed, and says why', async () => {
    const { window, failed, crash } = await open()
    BrowserWindow.loadFailure = new Error('ERR_FAILED')
    crash()
    await vi.waitUntil(() => window.isDestroyed())
    expect(failed).toHaveBeenCalledOnce()
  })
})
