import type { BrowserWindow } from 'electron'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeClock } from '../../support/fake-clock.ts'
import { BrowserWindow as Fake, newestWindow, resetElectron } from '../../support/fake-electron.ts'
import { makeRendererFolder, type RendererFolder } from '../../support/renderer-folder.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))
const { createConfirmWindow } = await import('../../../src/main/windows/confirm-window.ts')

let folder: RendererFolder
beforeAll(() => {
  folder = makeRendererFolder()
})
afterAll(() => folder.dispose())
beforeEach(resetElectron)

function create(parent: BrowserWindow | null = null) {
  const clock = createFakeClock()
  const counts = { disturbed: 0, closed: 0 }
  const confirm = createConfirmWindow({
    clock,
    parent: () => parent,
    page: { preloadDir: '/app/preload', rendererDir: folder.path, devServerUrl: null },
    theme: () => 'dark',
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
    expect(window.hasMenu).toBe(false)
    const event = { preventDefault: vi.fn<() => void>() }
    window.emit('page-title-updated', event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
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
