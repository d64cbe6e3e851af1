/** Starts the real app, as a person would, and hands out what a test needs to drive it. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronRuntime } from '../../scripts/lib/electron-runtime.mjs'
import type { Preferences } from '../../src/contract/ipc/status.ts'
import { confirmPage, type ConfirmPage } from './pages/confirm-page.ts'
import { launcherPage, type LauncherPage } from './pages/launcher-page.ts'
import { riskPauseMs } from '../../src/domain/watch-purchase.ts'
import { type SandboxControls, sandboxControls } from './sandbox-controls.ts'

const repo = fileURLToPath(new URL('../..', import.meta.url))

export interface LaunchOptions {
  readonly dataDir: string
  /** The environment of a private keychain, or what else should differ from this process's. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly args?: readonly string[]
  /** A module that the main process loads before the app. */
  readonly preload?: string
  /** Another main script than the sandbox build's. */
  readonly main?: string
  /** Begins a new data folder as a person finds it, with the question of who uses this. Else one adult has said that they do. */
  readonly firstStart?: boolean
}

export interface Tuppence {
  readonly electron: ElectronApplication
  readonly launcher: LauncherPage
  readonly sandbox: SandboxControls
  /** The confirm window, as soon as it is there. */
  confirm(): Promise<ConfirmPage>
  /** How many confirm windows are open now. */
  confirmWindows(): Promise<number>
  /** Moves the confirm window, which disturbs it. Resolves once the main process has noticed. */
  moveConfirmWindow(): Promise<void>
  /** Lets the confirm window appear once more. Resolves once the main process has noticed. */
  showConfirmWindow(): Promise<void>
  /** What the app has had the browser of this computer open; none opens. */
  openedAddresses(): Promise<readonly string[]>
  close(): Promise<void>
}

export async function launchTuppence({ dataDir, env = {}, args = [], preload, main, firstStart = false }: LaunchOptions): Promise<Tuppence> {
  if (!firstStart) await saidToBeAlone(dataDir)
  const electron = await _electron.launch({
    executablePath: electronRuntime().executable,
    args: [...(preload ? ['-r', preload] : []), main ?? join(repo, 'out/sandbox/main/index.cjs'), ...args],
    cwd: repo,
    env: definedOnly({ ...process.env, ...env, TUPPENCE_DATA_DIR: dataDir }),
  })
  await electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedAddresses: opened })
    shell.openExternal = async (address) => void opened.push(address)
  })
  const page = await windowTitled(electron, 'Tuppence')
  const sandbox = sandboxControls(electron)
  return {
    electron,
    launcher: launcherPage(page, () => untilNoneIsOpen(electron)),
    sandbox,
    confirm: async () => confirmPage(await windowTitled(electron, 'Confirm purchase'), () => sandbox.advanceClock(riskPauseMs)),
    confirmWindows: async () => (await Promise.all(electron.windows().map((page) => titleOf(page)))).filter(isConfirm).length,
    moveConfirmWindow: () =>
      electron.evaluate(({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Confirm purchase')!
        const { x, y, width, height } = window.getBounds()
        const moved = Promise.withResolvers<void>()
        window.once('move', () => moved.resolve())
        window.setBounds({ x: x + 7, y, width, height })
        return moved.promise
      }),
    showConfirmWindow: () =>
      electron.evaluate(({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Confirm purchase')!
        const shown = Promise.withResolvers<void>()
        window.once('show', () => shown.resolve())
        window.once('hide', () => window.show())
        window.hide()
        return shown.promise
      }),
    openedAddresses: () => electron.evaluate(() => (globalThis as unknown as { openedAddresses: string[] }).openedAddresses),
    close: () => electron.close(),
  }
}

/** Keeps in a folder without preferences what a person says by `Just me`. One that cannot be written to is left to the app. */
async function saidToBeAlone(dataDir: string): Promise<void> {
  const preferences: Preferences = { language: 'system', theme: 'dark', alone: true }
  const write = async () => {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    await writeFile(join(dataDir, 'preferences.json'), JSON.stringify(preferences), { flag: 'wx' })
  }
  await write().catch(() => {})
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

const isConfirm = (title: string | null) => title === 'Confirm purchase'

/** A window that closes while it is asked has no title any more. */
function titleOf(page: Page): Promise<string | null> {
  return page.title().catch(() => null)
}

/**
 * The confirm window is modal: whoever wants something of the launcher has to be done with it. Playwright's input gets through all the same,
 * and what asks for the next confirm window right afterwards would find the last one, which is just about to go.
 */
async function untilNoneIsOpen(electron: ElectronApplication): Promise<void> {
  for (const page of electron.windows()) {
    if (!isConfirm(await titleOf(page)) || page.isClosed()) continue
    await page.waitForEvent('close', { timeout: 30_000 }).catch(() => {
      throw new Error('a confirm window is in front of the launcher, and stays: close it first')
    })
  }
}

const windowWithinMs = 60_000

/** The window with this title, whether it is open already or opens within a minute. Rejects when the app ends before. */
export async function windowTitled(electron: ElectronApplication, title: string): Promise<Page> {
  const found = Promise.withResolvers<Page>()
  const look = (page: Page) => {
    page
      .waitForFunction(`document.title === ${JSON.stringify(title)}`, undefined, { timeout: windowWithinMs })
      .then(() => found.resolve(page), () => null)
  }
  const giveUp = setTimeout(() => found.reject(new Error(`no window titled ${title}`)), windowWithinMs)
  const ended = () => found.reject(new Error(`the app ended before a window titled ${title} was there`))
  electron.on('window', look)
  electron.on('close', ended)
  electron.windows().forEach(look)
  return found.promise.finally(() => {
    clearTimeout(giveUp)
    electron.off('window', look)
    electron.off('close', ended)
  })
}
