/** The one place where windows are made, so that each has the same lock-down. */
import { join } from 'node:path'
import { BrowserWindow, type BrowserWindowConstructorOptions, session } from 'electron'
import { guardContents, guardSession } from './guards.ts'
import { serveApp } from './app-protocol.ts'

export interface PageOptions {
  /** Folder of the page's preload, `<name>.cjs`, and of the built pages. */
  readonly preloadDir: string
  readonly rendererDir: string
  /** Address of the development server, only in development. */
  readonly devServerUrl: string | null
  /** Told of each permission that a page asked for. */
  readonly onDenied?: (permission: string) => void
}

type Page = 'launcher' | 'confirm'

/** What the page's sender check compares with. */
export function pageOrigin(page: Page, { devServerUrl }: PageOptions): string {
  return devServerUrl ?? `app://${page}`
}

type Placement = Pick<
  BrowserWindowConstructorOptions,
  | 'width'
  | 'height'
  | 'minWidth'
  | 'minHeight'
  | 'title'
  | 'parent'
  | 'modal'
  | 'show'
  | 'minimizable'
  | 'maximizable'
  | 'fullscreenable'
  | 'kiosk'
  | 'backgroundColor'
  | 'icon'
>

/** Windows and macOS take the icon of the installed program; on Linux each window brings its own. */
function iconOf(platform: NodeJS.Platform): Pick<Placement, 'icon'> {
  return platform === 'linux' ? { icon: join(import.meta.dirname, '../../../resources/icon.png') } : {}
}

/** Each page has its own in-memory session: nothing it stores outlives it or reaches the other. */
export function createPageWindow(page: Page, options: PageOptions, placement: Placement): BrowserWindow {
  const pageSession = session.fromPartition(page)
  if (!pageSession.protocol.isProtocolHandled('app')) {
    guardSession(pageSession, options.onDenied)
    if (!options.devServerUrl) serveApp(pageSession, options.rendererDir, page)
  }
  const window = new BrowserWindow({
    ...iconOf(process.platform),
    ...placement,
    autoHideMenuBar: true,
    webPreferences: {
      preload: `${options.preloadDir}/${page}.cjs`,
      session: pageSession,
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
      devTools: options.devServerUrl !== null,
    },
  })
  guardContents(window.webContents)
  return window
}

/** Loads the page; rejects when it cannot be loaded. */
export function loadPage(window: BrowserWindow, page: Page, options: PageOptions): Promise<void> {
  return window.loadURL(`${pageOrigin(page, options)}/${page}/index.html`)
}
