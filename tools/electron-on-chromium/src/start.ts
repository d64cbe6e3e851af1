import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Birth } from './birth.ts'
import { launchChromium } from './chromium.ts'
import type { Chromium } from './chromium.ts'
import { createHeadlessWindows } from './headless-windows.ts'
import type { Kernel } from './kernel.ts'
import type { WindowSystem } from './native-window.ts'
import { createPermissions } from './permissions.ts'
import { takeLock } from './single-instance.ts'
import { createStorage } from './storage.ts'
import { createTargets } from './targets.ts'
import type { Targets } from './targets.ts'
import { setChromeVersion } from './versions.ts'
import { connectX } from './x11/connection.ts'
import { createRequests } from './x11/requests.ts'
import { createXWindows } from './x11/window-system.ts'

export type StartOptions = { userData: string; switches: ReadonlyMap<string, string> }

/** Starts Chromium and connects to it and to the display. @throws when either is not to be had */
export async function startChromium({ userData, switches }: StartOptions): Promise<Kernel> {
  const display = switches.has('headless') ? undefined : process.env['DISPLAY'] || undefined
  const connecting = display === undefined ? undefined : connectX(display)
  connecting?.catch(() => {})
  const { profile, isTemporary } = await chooseProfile(userData)
  const chromium = launchChromium({ profile, isTemporary, isHeadless: display === undefined, switches })
  const { browser } = chromium.cdp
  const targets = createTargets(browser)
  const version = browser.send('Browser.getVersion')
  const x = connecting && createRequests(await connecting)
  const windows: WindowSystem = x
    ? await createXWindows(x, { processId: () => chromium.process.pid!, openPage: (birth) => openPage(chromium, targets, birth) })
    : createHeadlessWindows(chromium.cdp, targets)
  setChromeVersion((await version).product)
  chromium.announce()
  return {
    chromium,
    cdp: chromium.cdp,
    targets,
    windows,
    permissions: createPermissions(browser),
    storage: createStorage(chromium.cdp, targets, profile),
  }
}

async function openPage(chromium: Chromium, targets: Targets, birth: Birth): Promise<string> {
  await chromium.openAppWindow(birth.url)
  return targets.find(birth)
}

/** The app's own profile, or a temporary one when another process of the same app is using it. */
async function chooseProfile(userData: string): Promise<{ profile: string; isTemporary: boolean }> {
  const profile = path.join(userData, 'Chromium')
  fs.mkdirSync(profile, { recursive: true, mode: 0o700 })
  const isMine = takeLock('profile', fs.realpathSync(profile)).isHeld
  if (!isMine) return { profile: fs.mkdtempSync(path.join(os.tmpdir(), 'electron-on-chromium-')), isTemporary: true }
  await untilReleased(profile)
  return { profile, isTemporary: false }
}

/** A Chromium whose app was killed takes a moment to go; a new one would only hand over to it. */
async function untilReleased(profile: string) {
  const holder = () => {
    try {
      return Number(fs.readlinkSync(path.join(profile, 'SingletonLock')).split('-').at(-1))
    } catch {
      return 0
    }
  }
  for (let waited = 0; waited < 5000; waited += 20) {
    const pid = holder()
    if (pid === 0 || !isChromium(pid, profile)) return
    await delay(20)
  }
}

function isChromium(pid: number, profile: string): boolean {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile)
  } catch {
    return false
  }
}
