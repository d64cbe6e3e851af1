import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron, expect, test as base } from '@playwright/test'
import type { ElectronApplication, JSHandle, Page } from '@playwright/test'
import type { BrowserWindow } from 'electron'
import { openDisplay } from './display.ts'

export { expect }

type Served = { body?: string; status?: number; headers?: Record<string, string> }
/** What apps/stage/main.cjs offers to code that tests run in the main process. */
export type Stage = {
  pages: Map<string, Served | ((request: Request) => Response | Promise<Response>)>
  requests: { url: string; method: string }[]
  open(options: object): Promise<number>
  record(window: BrowserWindow, names: string[], pageNames?: string[]): string[]
  sessionOf(partition?: string): Electron.Session
  heard: unknown[]
  values: Record<string, never>
}
declare global {
  var stage: Stage
}

export type OpenOptions = Electron.BrowserWindowConstructorOptions & {
  /** Served as the page of the window; scripts in it run before this resolves. */
  html?: string
  headers?: Record<string, string>
  url?: string
  /** File in apps/stage; null for none. */
  preload?: string | null
  partition?: string
}
export type Opened = { page: Page; window: JSHandle<BrowserWindow>; id: number }

let lastPage = 0

/** Opens a window of the stage and loads a page into it. */
export async function open(app: ElectronApplication, { html = '<title>stage</title>', headers = {}, url, ...options }: OpenOptions = {}): Promise<Opened> {
  lastPage += 1
  const address = url ?? `app://bundle/page-${process.pid}-${lastPage}.html`
  const id = await app.evaluate(
    (_, given) => {
      if (given.html !== undefined) globalThis.stage.pages.set(new URL(given.address).pathname, { body: `<!doctype html>${given.html}`, headers: given.headers })
      return globalThis.stage.open(given.options)
    },
    { address, html: url === undefined ? html : undefined, headers, options },
  )
  await app.evaluate(({ BrowserWindow: windows }, given) => windows.fromId(given.id)!.loadURL(given.address), { id, address })
  const page = await pageOf(app, id)
  return { page, window: await app.browserWindow(page), id }
}

/** The page of a window, once Playwright knows it; windows of an earlier test may still be on their way out. */
async function pageOf(app: ElectronApplication, id: number): Promise<Page> {
  const isPageOf = async (page: Page) => {
    const window = await app.browserWindow(page).catch(() => undefined)
    return window?.evaluate((each, wanted) => each?.id === wanted, id).catch(() => false)
  }
  let found: Page | undefined
  await expect.poll(async () => {
    for (const page of app.windows()) if (await isPageOf(page)) found = page
    return found !== undefined
  }, { intervals: [20] }).toBe(true)
  return found!
}

export const appPath = (name: string) => path.join(import.meta.dirname, 'apps', name)

/** Starts an app with a data folder of its own. */
export async function launch(args: string[], userData: string, options: Parameters<typeof _electron.launch>[0] = {}) {
  return _electron.launch({ args: [...args, `--user-data-dir=${userData}`], ...options })
}

export function temporaryFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), 'conformance-'))
}

type Fixtures = { display: string; stageApp: ElectronApplication }

/** One app per file; every test opens windows of its own in it. */
export const test = base.extend<{ app: ElectronApplication; userData: string }, Fixtures>({
  display: [
    async ({}, use) => {
      const display = await openDisplay()
      if (display.name !== undefined) process.env['DISPLAY'] = display.name
      await use(display.name ?? '')
      display.close()
    },
    { scope: 'worker', auto: true },
  ],
  stageApp: [
    async ({ display: _ }, use) => {
      const folder = temporaryFolder()
      const app = await launch([path.join(appPath('stage'), 'main.cjs')], folder)
      await use(app)
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  app: async ({ stageApp }, use) => {
    await use(stageApp)
    await stageApp.evaluate(({ BrowserWindow: windows }) => windows.getAllWindows().forEach((window) => window.destroy()))
  },
  userData: async ({}, use) => {
    const folder = temporaryFolder()
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
})
