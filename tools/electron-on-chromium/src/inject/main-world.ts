import type { Codec } from './codec.ts'
import type { Link } from './link.ts'

type MakeCodec = () => Codec
type MakeLink = typeof import('./link.ts').createLink

export type MainWorldConfig = {
  handshake: string
  /** Matches the address of the document that is only there until the first load: nothing runs in it. */
  birthPattern: string
  /** Whether the app decides about permissions, so that a page's requests must be told before they are made. */
  asksPermissions: boolean
}

/**
 * The page's end of the bridge. Runs in the page's own world before any script of the page, takes the event functions
 * it needs, and waits for the isolated world to hand over the channel: a node in a shadow tree that is in no document.
 * Page scripts can reach neither the node (nothing refers to it, and window.event stays empty for shadow trees) nor the
 * event name used here, which is dead by the time they run.
 */
export function installMainWorld(createCodec: MakeCodec, createLink: MakeLink, config: MainWorldConfig) {
  'use strict'
  const { handshake, asksPermissions, birthPattern } = config
  if (window !== window.top || new RegExp(birthPattern).test(location.href)) return
  const { apply, setPrototypeOf, getOwnPropertyDescriptor, defineProperty } = Reflect
  const { addEventListener, dispatchEvent } = EventTarget.prototype
  const $CustomEvent = CustomEvent
  const $DOMException = DOMException
  const detailOf = getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')!.get!
  const bare = <T extends object>(value: T): T => {
    setPrototypeOf(value, null)
    return value
  }

  const connect = (channel: EventTarget) => {
    const post = (text: string) =>
      void apply(dispatchEvent, channel, [new $CustomEvent('toPreload', bare({ detail: text }))])
    const link: Link = createLink(createCodec(), post, bare({}), (value) => value)
    apply(addEventListener, channel, ['toPage', (event: Event) => link.receive(apply(detailOf, event, []) as string)])
    replaceOpenAndClose(link)
    if (asksPermissions) hookPermissions(link)
  }

  /** window.open is refused or turned into a window of the app's choice, so the page never gets a handle. */
  const replaceOpenAndClose = ({ signal }: Link) => {
    const open = (url?: unknown, name?: unknown, features?: unknown) => {
      const text = (value: unknown) => (value === undefined ? '' : `${value as string}`)
      signal('windowOpen', text(url), text(name), text(features))
      return null
    }
    // A page may always close its own window in Electron; Chromium would allow it only where a script opened it.
    const close = () => void signal('windowClose')
    defineProperty(window, 'open', bare({ value: open, writable: true, enumerable: true, configurable: true }))
    defineProperty(window, 'close', bare({ value: close, writable: true, enumerable: true, configurable: true }))
  }

  /** Says what is about to be asked for, waits for the app's answer, then asks Chromium, which knows it by then. */
  const hookPermissions = ({ signal }: Link) => {
    const { then } = Promise.prototype
    type Method = (...args: never[]) => unknown
    const hook = (owner: object | undefined, name: string, permission: string, detailsOf: (args: unknown[]) => object = () => bare({})) => {
      const original = owner && (getOwnPropertyDescriptor(owner, name)?.value as Method | undefined)
      if (!original) return
      const value = function (this: unknown, ...args: unknown[]) {
        const go = (isAllowed: unknown) => {
          if (permission === 'fullscreen' && !isAllowed) throw new TypeError('Permissions check failed')
          if (permission === 'media' && !isAllowed) throw new $DOMException('Permission denied', 'NotAllowedError')
          return apply(original, this, args)
        }
        return apply(then, signal('permission', permission, detailsOf(args)), [go, go])
      }
      defineProperty(owner, name, bare({ value, writable: true, enumerable: true, configurable: true }))
    }
    const mediaTypes = ([constraints]: unknown[]) => {
      const { video, audio } = (constraints ?? {}) as MediaStreamConstraints
      return { mediaTypes: [...(video ? ['video'] : []), ...(audio ? ['audio'] : [])] }
    }
    const prototypeOf = (name: string) => (getOwnPropertyDescriptor(window, name)?.value as { prototype: object } | undefined)?.prototype
    hook(getOwnPropertyDescriptor(window, 'Notification')?.value as object | undefined, 'requestPermission', 'notifications')
    hook(prototypeOf('Geolocation'), 'getCurrentPosition', 'geolocation')
    hook(prototypeOf('MediaDevices'), 'getUserMedia', 'media', mediaTypes)
    hook(prototypeOf('Clipboard'), 'read', 'clipboard-read')
    hook(prototypeOf('Clipboard'), 'readText', 'clipboard-read')
    hook(prototypeOf('Clipboard'), 'write', 'clipboard-sanitized-write')
    hook(prototypeOf('Clipboard'), 'writeText', 'clipboard-sanitized-write')
    hook(Navigator.prototype, 'requestMIDIAccess', 'midi')
    hook(Element.prototype, 'requestFullscreen', 'fullscreen')
    hook(Element.prototype, 'requestPointerLock', 'pointerLock')
  }

  const receiveChannel = (event: Event) => {
    const host = (event as MouseEvent).relatedTarget as Element
    document.removeEventListener(handshake, receiveChannel)
    event.stopImmediatePropagation()
    connect(host.shadowRoot!)
  }
  document.addEventListener(handshake, receiveChannel)
}
