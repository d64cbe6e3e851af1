import type { Protocol } from 'devtools-protocol'
import type { CdpSession } from './cdp.ts'

type Descriptor = Protocol.Browser.PermissionDescriptor
type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0]
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0]

/** What a session's app has said about permissions. */
export type PermissionRules = { request: RequestHandler; check: CheckHandler }

/** Electron's names and what Chromium calls the same. */
const descriptors: Record<string, Descriptor[]> = {
  media: [{ name: 'camera' }, { name: 'microphone' }],
  geolocation: [{ name: 'geolocation' }],
  notifications: [{ name: 'notifications' }],
  midi: [{ name: 'midi' }],
  midiSysex: [{ name: 'midi', sysex: true }],
  'clipboard-read': [{ name: 'clipboard-read' }],
  'clipboard-sanitized-write': [{ name: 'clipboard-write' }],
  pointerLock: [{ name: 'pointer-lock' }],
  keyboardLock: [{ name: 'keyboard-lock' }],
  'idle-detection': [{ name: 'idle-detection' }],
  'window-management': [{ name: 'window-management' }],
  'storage-access': [{ name: 'storage-access' }],
  'top-level-storage-access': [{ name: 'top-level-storage-access' }],
  'speaker-selection': [{ name: 'speaker-selection' }],
  unknown: ['accelerometer', 'gyroscope', 'background-sync', 'persistent-storage', 'screen-wake-lock', 'local-fonts', 'local-network-access', 'loopback-network', 'local-network'].map((name) => ({ name })),
}
/** Electron has no dialogs for these: without an app's own choice there is none. */
const never: Descriptor[] = ['display-capture', 'nfc', 'payment-handler', 'background-fetch', 'periodic-background-sync', 'captured-surface-control'].map((name) => ({ name }))

export type Permissions = {
  /** Sets what an origin may do before its first document loads. */
  applyTo(rules: PermissionRules, origin: string): Promise<void>
  /** A page asks: puts it to the app and, when the answer is yes, lets Chromium say yes. */
  request(rules: PermissionRules, request: PermissionRequest): Promise<boolean>
}
export type PermissionRequest = { contents: Electron.WebContents; permission: string; origin: string; shownUrl: string; details: object }

/**
 * Chromium knows only standing permissions per origin. So with a request handler everything is denied until a page
 * asks (a hook in the page tells us first) and the handler grants it; a page that goes around the hook stays denied.
 */
export function createPermissions(browser: CdpSession): Permissions {
  const applied = new Map<string, string>()
  const set = (permission: Descriptor, setting: Protocol.Browser.PermissionSetting, origin: string) =>
    browser.send('Browser.setPermission', { permission, setting, origin }).then(() => {}, () => {})

  const isStanding = ({ request, check }: PermissionRules, name: string, origin: string) => {
    if (request) return false
    return check ? check(null, name as never, origin, { isMainFrame: true, requestingUrl: origin } as never) : true
  }
  return {
    async applyTo(rules, origin) {
      const standing = Object.keys(descriptors).map((name) => isStanding(rules, name, origin))
      const summary = standing.join()
      if (applied.get(origin) === summary) return
      applied.set(origin, summary)
      await Promise.all([
        ...Object.values(descriptors).flatMap((list, index) => list.map((each) => set(each, standing[index] ? 'granted' : 'denied', origin))),
        ...never.map((each) => set(each, 'denied', origin)),
      ])
    },
    async request({ request, check }, { contents, permission, origin, shownUrl, details }) {
      const shown = new URL('/', shownUrl).href
      const isAllowed = request
        ? await new Promise<boolean>((resolve) => request(contents, permission as never, resolve, { ...details, requestingUrl: shownUrl, isMainFrame: true, securityOrigin: shown } as never))
        : (check?.(contents, permission as never, shown, { isMainFrame: true, requestingUrl: shownUrl } as never) ?? true)
      await Promise.all((descriptors[permission] ?? []).map((each) => set(each, isAllowed ? 'granted' : 'denied', origin)))
      return isAllowed
    },
  }
}
