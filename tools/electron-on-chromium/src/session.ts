import EventEmitter from 'node:events'
import { kernel } from './kernel.ts'
import { strictClass } from './not-implemented.ts'
import type { PermissionRules } from './permissions.ts'
import { createProtocol } from './protocol.ts'
import { origins, partitionLabel } from './reserved-origins.ts'
import type { SessionState } from './session-state.ts'
import { chromiumUserAgent } from './versions.ts'
import { createWebRequest } from './web-request.ts'

const sessions = new Map<string, SessionImpl>()
let onRequestListeners = () => {}

/** @param listener called when a session's webRequest listeners change */
export const onSessionsChanged = (listener: () => void) => void (onRequestListeners = listener)
export const allSessions = () => [...sessions.values()].map((session) => session.state)

type Provided = Pick<
  Electron.Session,
  | 'protocol' | 'webRequest' | 'getUserAgent' | 'isPersistent' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler' | 'clearStorageData' | 'clearCache' | 'setSpellCheckerEnabled' | 'isSpellCheckerEnabled'
>

class SessionImpl extends EventEmitter implements Provided {
  readonly protocol: Electron.Protocol
  readonly webRequest: Electron.WebRequest
  readonly state!: SessionState

  constructor(partition: string) {
    super()
    const { protocol, handlerOf } = createProtocol()
    const { webRequest, hooks } = createWebRequest(() => onRequestListeners())
    this.protocol = protocol
    this.webRequest = webRequest
    const state: SessionState = {
      partition,
      label: partitionLabel(partition),
      handlerOf,
      requests: hooks,
      permissions: { request: null, check: null },
      origins: new Set(),
    }
    Object.defineProperty(this, 'state', { value: state, enumerable: false })
  }

  getUserAgent() {
    return chromiumUserAgent()
  }
  isPersistent() {
    return isPersistent(this.state)
  }
  setPermissionRequestHandler(handler: PermissionRules['request']) {
    this.changeRules({ request: handler })
  }
  setPermissionCheckHandler(handler: PermissionRules['check']) {
    this.changeRules({ check: handler })
  }
  private changeRules(change: Partial<PermissionRules>) {
    Object.assign(this.state.permissions, change)
    void kernel.then(({ permissions }) => Promise.all([...this.state.origins].map((origin) => permissions.applyTo(this.state.permissions, origin))))
  }
  // USB, HID, serial and Bluetooth choosers, and screen capture, are off altogether: there is nothing to ask about.
  setDevicePermissionHandler() {}
  setDisplayMediaRequestHandler() {}
  async clearStorageData({ origin, storages }: Electron.ClearStorageDataOptions = {}) {
    const { storage } = await kernel
    const chosen = origin === undefined ? this.state.origins : [new URL(origins.toReserved(origin, this.state.label)).origin]
    await storage.clear(chosen, storages)
  }
  async clearCache() {
    await (await kernel).storage.clearCache()
  }
  // Chromium's spelling service is off for all: it would fetch dictionaries.
  setSpellCheckerEnabled() {}
  isSpellCheckerEnabled() {
    return false
  }
}

export const isPersistent = ({ partition }: SessionState) => partition === '' || partition.startsWith('persist:')

export const Session = strictClass('session', SessionImpl)

export const fromPartition = (partition: string): Electron.Session => {
  const known = sessions.get(partition)
  if (known) return known as unknown as Electron.Session
  const created = new Session(partition)
  sessions.set(partition, created)
  return created as unknown as Electron.Session
}

export const stateOf = (session: Electron.Session): SessionState => (session as unknown as SessionImpl).state

export const defaultSession = fromPartition('')
