import type { Cdp } from './cdp.ts'
import type { Chromium } from './chromium.ts'
import type { Permissions } from './permissions.ts'
import type { Storage } from './storage.ts'
import type { Targets } from './targets.ts'
import type { WindowSystem } from './native-window.ts'

/** What exists once Chromium runs. */
export type Kernel = { chromium: Chromium; cdp: Cdp; windows: WindowSystem; targets: Targets; permissions: Permissions; storage: Storage }

const { promise, resolve, reject } = Promise.withResolvers<Kernel>()
promise.catch(() => {})

/** Electron's module is one per process, and so is the browser behind it; everything that needs it waits here. */
export const kernel: Promise<Kernel> = promise
export const startKernel = resolve
export const failKernel = reject
