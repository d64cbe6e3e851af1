import EventEmitter from 'node:events'
import fs from 'node:fs'
import { createAppPaths } from './app-paths.ts'
import type { AppIdentity } from './app-paths.ts'
import { allWindows, observeWindows } from './browser-window.ts'
import type { CommandLine } from './command-line.ts'
import { createEvent, nextTurn } from './events.ts'
import { failKernel, kernel, startKernel } from './kernel.ts'
import { createDownloads } from './download.ts'
import { createNetwork } from './network.ts'
import type { Kernel } from './kernel.ts'
import { strict } from './not-implemented.ts'
import { allSessions, isPersistent, onSessionsChanged } from './session.ts'
import { origins } from './reserved-origins.ts'
import type { SessionState } from './session-state.ts'
import { takeLock, tellHolder } from './single-instance.ts'
import type { Lock } from './single-instance.ts'
import { startChromium } from './start.ts'
import { onUtilityProcessGone } from './utility-process.ts'
import { onWebContentsCreated } from './web-contents.ts'

type Provided = Pick<
  Electron.App,
  | 'whenReady' | 'isReady' | 'quit' | 'exit' | 'requestSingleInstanceLock' | 'hasSingleInstanceLock' | 'releaseSingleInstanceLock' | 'getPath' | 'setPath'
  | 'getVersion' | 'getName' | 'setName' | 'name' | 'isPackaged' | 'getAppPath' | 'getLocale' | 'getSystemLocale' | 'getPreferredSystemLanguages' | 'commandLine' | 'enableSandbox'
  | 'setAppUserModelId' | 'setDesktopName' | 'focus' | 'setAppLogsPath' | 'userAgentFallback' | 'disableHardwareAcceleration' | 'setAboutPanelOptions' | 'badgeCount' | 'runningUnderARM64Translation'
>

export type AppRuntime = {
  app: Electron.App
  /** Starts Chromium once the app's own code has run, then announces ready. */
  start(): void
}

export function createApp({ appPath, name, version }: AppIdentity, { switches }: CommandLine): AppRuntime {
  let appName = name
  let isReady = false
  let isQuitting = false
  let lock: Lock | undefined
  const emitter = new EventEmitter().setMaxListeners(0)
  const paths = createAppPaths(() => appName, switches.get('user-data-dir'))
  const ready = Promise.withResolvers<void>()
  const quitting: Promise<void>[] = []

  const lockSubject = () => {
    const folder = paths.get('userData')
    fs.mkdirSync(folder, { recursive: true })
    return fs.realpathSync(folder)
  }
  const secondInstance = (message: unknown) => {
    const { argv, cwd, data } = message as { argv: string[]; cwd: string; data: unknown }
    void ready.promise.then(() => emitter.emit('second-instance', createEvent(), argv, cwd, data))
  }

  const leave = async (code: number) => {
    await Promise.all(quitting)
    emitter.emit('quit', createEvent(), code)
    const { chromium, storage } = await Promise.race([kernel, Promise.resolve({ chromium: undefined, storage: undefined })])
    if (chromium) {
      await Promise.race([storage.forgetNow().catch(() => {}), chromium.hasExited])
      chromium.cdp.browser.post('Browser.close')
      // Storage is written while it closes; the reaper sees to a browser that hangs.
      await Promise.race([chromium.hasExited, new Promise((resolve) => setTimeout(resolve, 3000))])
    }
    process.exit(code)
  }
  let leaving: Promise<void> | undefined
  const leaveOnce = (code: number) => void (leaving ??= leave(code))

  const quit = async () => {
    const before = createEvent()
    emitter.emit('before-quit', before)
    if (before.defaultPrevented) return void (isQuitting = false)
    for (const window of allWindows()) window.close()
    if (await anyWindowStays()) return void (isQuitting = false)
    const will = createEvent()
    emitter.emit('will-quit', will)
    if (will.defaultPrevented) return void (isQuitting = false)
    leaveOnce(typeof process.exitCode === 'number' ? process.exitCode : 0)
  }
  /** A window stays when a close listener or its page's beforeunload says so. */
  const anyWindowStays = async () => {
    while (allWindows().length > 0) {
      if (allWindows().every((window) => !window.isBeingClosed())) return true
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    return false
  }

  const methods = {
    name: appName,
    isPackaged: false,
    runningUnderARM64Translation: false,
    badgeCount: 0,
    userAgentFallback: '',
    whenReady: () => ready.promise,
    isReady: () => isReady,
    quit() {
      if (isQuitting) return
      isQuitting = true
      void quit()
    },
    exit(code = 0) {
      isQuitting = true
      for (const window of allWindows()) window.destroy()
      leaveOnce(code)
    },
    requestSingleInstanceLock(data) {
      if (lock?.isHeld) return true
      const subject = lockSubject()
      lock = takeLock('instance', subject, secondInstance)
      if (!lock.isHeld) quitting.push(tellHolder('instance', subject, { argv: process.argv, cwd: process.cwd(), data: data ?? null }))
      return lock.isHeld
    },
    hasSingleInstanceLock: () => lock?.isHeld ?? false,
    releaseSingleInstanceLock() {
      lock?.release()
      lock = undefined
    },
    getPath: (which) => paths.get(which),
    setPath: (which, folder) => paths.set(which, folder),
    setAppLogsPath: (folder) => paths.set('logs', folder ?? paths.get('logs')),
    getVersion: () => version,
    getName: () => appName,
    setName(next) {
      appName = next
      app.name = next
    },
    getAppPath: () => appPath,
    getLocale: () => switches.get('lang') || systemLanguages()[0]!,
    getSystemLocale: () => systemLanguages()[0]!,
    getPreferredSystemLanguages: systemLanguages,
    commandLine: strict('commandLine', {
      appendSwitch: (key: string, value = '') => void switches.set(key, value),
      appendArgument() {},
      hasSwitch: (key: string) => switches.has(key),
      getSwitchValue: (key: string) => switches.get(key) ?? '',
      removeSwitch: (key: string) => void switches.delete(key),
    } satisfies Partial<Electron.CommandLine>) as unknown as Electron.CommandLine,
    focus: () => allWindows()[0]?.focus(),
    // Every page is sandboxed as it is; the rest has no counterpart on this platform.
    enableSandbox() {},
    setAppUserModelId() {},
    setDesktopName() {},
    setAboutPanelOptions() {},
    disableHardwareAcceleration: () => void switches.set('disable-gpu', ''),
  } satisfies Provided
  const app = strict('app', Object.assign(emitter, methods)) as unknown as Electron.App

  observeWindows({
    appPath,
    name: () => appName,
    onCreated: (window) => emitter.emit('browser-window-created', createEvent(), window),
    onFocus: (window, isFocused) => emitter.emit(isFocused ? 'browser-window-focus' : 'browser-window-blur', createEvent(), window),
    onClosed: () => {
      if (allWindows().length > 0 || isQuitting) return
      if (!app.emit('window-all-closed')) app.quit()
    },
  })
  onWebContentsCreated((contents) => {
    emitter.emit('web-contents-created', createEvent(), contents)
    contents.on('render-process-gone', (_, details) => emitter.emit('render-process-gone', createEvent(), contents, details))
  })

  onUtilityProcessGone((details) => emitter.emit('child-process-gone', createEvent(), details))

  const start = async () => {
    // Playwright and apps append switches first; the main script's first turn is theirs.
    await nextTurn()
    if (isQuitting) return
    const started = await startChromium({ userData: paths.get('userData'), switches })
    void started.chromium.hasExited.then(({ code }) => leaving ?? process.exit(code || 1))
    const network = createNetwork(started.cdp.browser, { sessions: allSessions, isStray: started.targets.isStray, prepareOrigin: originPreparer(started) })
    createDownloads(started.cdp.browser)
    void started.storage.forgetNow().catch(() => {})
    onSessionsChanged(() => network.update())
    startKernel(started)
    isReady = true
    ready.resolve()
    app.emit('ready', createEvent(), {})
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())

  return {
    app,
    start: () =>
      void start().catch((error: unknown) => {
        failKernel(error as Error)
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
        process.exit(1)
      }),
  }
}

/** What an origin needs before its first document: its permissions, and a note when its storage is to be forgotten. */
function originPreparer({ permissions, storage }: Kernel) {
  return async (session: SessionState, origin: string) => {
    session.origins.add(origin)
    if (!isPersistent(session) && origins.parse(origin)) storage.forget(origin)
    if (origin !== 'null') await permissions.applyTo(session.permissions, origin)
  }
}

/** From the environment, as gettext orders it: LANGUAGE is a list, the others one value each. */
function systemLanguages(): string[] {
  const { LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = process.env
  const given = (LANGUAGE || LC_ALL || LC_MESSAGES || LANG || '').split(':')
  const names = given.map((each) => each.split('.')[0]!.replace('_', '-')).filter((each) => each !== '' && each !== 'C' && each !== 'POSIX')
  return names.length ? names : ['en-US']
}
