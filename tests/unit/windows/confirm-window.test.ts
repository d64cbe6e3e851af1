import type { BrowserWindow } from 'electron'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Theme } from '../../../src/contract/ipc/status.ts'
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts'
import { BrowserWindow as Fake, newestWindow, resetElectron, windows } from '../../support/fake-electron.ts'
import { makeRendererFolder, type RendererFolder } from '../../support/renderer-folder.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))
const { createConfirmWindow } = await import('../../../src/main/windows/confirm-window.ts')

let folder: RendererFolder
beforeAll(() => {
  folder = makeRendererFolder()
})
afterAll(() => folder.dispose())
beforeEach(resetElectron)

function create(parent: BrowserWindow | null = null, theme: () => Theme = () => 'dark') {
  const clock = createFakeClock()
  const counts = { disturbed: 0, closed: 0 }
  const confirm = createConfirmWindow({
    clock,
    parent: () => parent,
    page: { preloadDir: '/app/preload', rendererDir: folder.path, devServerUrl: null },
    theme,
    isKiosk: () => false,
    onDisturbed: () => void (counts.disturbed += 1),
  })
  const open = () => confirm.open(() => void (counts.closed += 1))
  return { confirm, clock, counts, open }
}

async function shown() {
  const world = create()
  await world.open()
  return { ...world, window: newestWindow() }
}

describe('how long the confirm window has been calm', () => {
  it('P1 is nothing before it is open, and nothing before it is shown', async () => {
    const { confirm, clock, open } = create()
    expect(confirm.calmForMs()).toBe(0)
    const opening = open()
    clock.advance(10_000)
    expect(newestWindow().isVisible()).toBe(false)
    expect(confirm.calmForMs()).toBe(0)
    await opening
    expect(confirm.calmForMs()).toBe(0)
    clock.advance(499)
    expect(confirm.calmForMs()).toBe(499)
  })

  it.each(['show', 'focus', 'move', 'resize'])('P1 begins again at %s, and the page is told', async (event) => {
    const { confirm, clock, counts, window } = await shown()
    clock.advance(3_000)
    counts.disturbed = 0
    window.emit(event)
    expect(confirm.calmForMs()).toBe(0)
    expect(counts.disturbed).toBe(1)
    clock.advance(500)
    expect(confirm.calmForMs()).toBe(500)
  })

  it('P1 is nothing while it is hidden, and begins again when it comes back', async () => {
    const { confirm, clock, window } = await shown()
    clock.advance(3_000)
    window.hide()
    expect(confirm.calmForMs()).toBe(0)
    window.show()
    expect(confirm.calmForMs()).toBe(0)
  })

  it("P1 does not follow the computer's clock", async () => {
    const { confirm, clock } = await shown()
    clock.set(clock.now() + 3_600_000)
    expect(confirm.calmForMs()).toBe(0)
  })

  it('P1 is nothing after it was closed', async () => {
    const { confirm, clock } = await shown()
    clock.advance(3_000)
    confirm.close()
    expect(confirm.calmForMs()).toBe(0)
  })

  it('P1 is that of the newest window, not of one before it', async () => {
    const { confirm, clock, open, window } = await shown()
    clock.advance(3_000)
    await open()
    expect(confirm.calmForMs()).toBe(0)
    clock.advance(700)
    window.emit('move')
    expect(confirm.calmForMs()).toBe(700)
  })
})

describe('closing the confirm window', () => {
  it('is told once, however it was closed', async () => {
    const { counts, window, confirm } = await shown()
    window.destroy()
    window.destroy()
    confirm.close()
    expect(counts.closed).toBe(1)
    expect(confirm.contents()).toBeNull()
  })

  it('happens when its page crashes', async () => {
    const { counts, window } = await shown()
    window.fakeContents.emit('render-process-gone')
    expect(window.isDestroyed()).toBe(true)
    expect(counts.closed).toBe(1)
  })

  it('late, of an earlier window, leaves the newest one in place', async () => {
    const { confirm, open, window } = await shown()
    await open()
    window.destroy()
    expect(confirm.contents()).toBe(newestWindow().webContents)
  })
})

describe('the confirm window', () => {
  it('is fresh for each question', async () => {
    const { open, window } = await shown()
    await open()
    expect(newestWindow()).not.toBe(window)
  })

  it('loads its own page, has no menu, and keeps its title', async () => {
    const { window } = await shown()
    expect(window.loaded).toEqual(['app://confirm/confirm/index.html'])
    expect(window.title).toBe('Confirm purchase')
    expect(window.hasMenu).toBe(false)
    const event = { preventDefault: vi.fn<() => void>() }
    window.emit('page-title-updated', event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
  })

  it('has another title where it asks something else than a purchase', async () => {
    const { confirm } = create()
    await confirm.open(() => {}, 'questions')
    expect(newestWindow().title).toBe('Tuppence asks')
  })

  it('is modal to the launcher, hidden until it has something to show, and cannot be minimised', async () => {
    const parent = new Fake({}) as unknown as BrowserWindow
    const { open } = create(parent)
    await open()
    const { options } = newestWindow()
    expect(options).toMatchObject({ parent, modal: true, show: false, minimizable: false, maximizable: false })
  })

  it('stands alone when there is no launcher', async () => {
    const { window } = await shown()
    expect(window.options).not.toHaveProperty('modal')
  })

  it('says that it could not be opened', async () => {
    const { open } = create()
    Fake.loadFailure = new Error('ERR_FAILED')
    await expect(open()).rejects.toThrow('ERR_FAILED')
  })
})

describe('the window that is made in advance', () => {
  function pass(clock: FakeClock, ms: number) {
    clock.advance(ms)
    clock.wake()
  }

  function prepared(theme?: () => Theme) {
    const launcher = new Fake({})
    const world = create(launcher as unknown as BrowserWindow, theme)
    world.confirm.prepareSoon()
    pass(world.clock, 1_000)
    return { ...world, launcher, spare: newestWindow() }
  }

  it('is hidden, nameless and empty, and nobody may call from it', () => {
    const { confirm, spare, launcher } = prepared()
    expect(spare.options).toMatchObject({ parent: launcher, modal: true, show: false, title: '' })
    expect(spare.loaded).toEqual([])
    expect(spare.isVisible()).toBe(false)
    expect(confirm.contents()).toBeNull()
    expect(confirm.calmForMs()).toBe(0)
  })

  it('is the window of the next challenge', async () => {
    const { confirm, open, spare } = prepared()
    await open()
    expect(newestWindow()).toBe(spare)
    expect(confirm.contents()).toBe(spare.webContents)
    expect(spare).toMatchObject({ title: 'Confirm purchase', loaded: ['app://confirm/confirm/index.html'] })
    expect(spare.isVisible()).toBe(true)
    expect(confirm.calmForMs()).toBe(0)
  })

  it('P1 is for one challenge only', async () => {
    const { confirm, open, spare } = prepared()
    await open()
    confirm.close()
    await open()
    expect(newestWindow()).not.toBe(spare)
    expect(spare.isDestroyed()).toBe(true)
    expect(spare.loaded).toHaveLength(1)
  })

  it('has the colours of the moment it opens', async () => {
    let theme: Theme = 'dark'
    const { open, spare } = prepared(() => theme)
    const dark = spare.background
    theme = 'light'
    await open()
    expect(spare.background).not.toBe(dark)
  })

  it('is replaced when its process has crashed', async () => {
    const { open, spare } = prepared()
    spare.fakeContents.emit('render-process-gone')
    expect(spare.isDestroyed()).toBe(true)
    await open()
    expect(newestWindow()).not.toBe(spare)
    expect(newestWindow().isVisible()).toBe(true)
  })

  it('is made a second after the one before was closed', async () => {
    const { clock, confirm, open } = prepared()
    await open()
    confirm.close()
    pass(clock, 999)
    expect(windows()).toHaveLength(2)
    pass(clock, 1)
    expect(windows()).toHaveLength(3)
    expect(newestWindow()).toMatchObject({ title: '', loaded: [] })
  })

  it('is one at a time, and none is made while a challenge is open', async () => {
    const { clock, confirm, open } = prepared()
    confirm.prepareSoon()
    pass(clock, 1_000)
    expect(windows()).toHaveLength(2)
    await open()
    confirm.prepareSoon()
    pass(clock, 1_000)
    expect(windows()).toHaveLength(2)
  })

  it('is not made without a launcher', () => {
    const { clock, confirm } = create()
    confirm.prepareSoon()
    pass(clock, 1_000)
    expect(windows()).toEqual([])
  })

  it('goes with the launcher, so that no hidden window keeps the app running', async () => {
    const { confirm, open, spare } = prepared()
    confirm.closeAll()
    expect(spare.isDestroyed()).toBe(true)
    await open()
    confirm.closeAll()
    expect(newestWindow().isDestroyed()).toBe(true)
  })
})
