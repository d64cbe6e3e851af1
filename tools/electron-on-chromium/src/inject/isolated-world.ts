import type { Codec } from './codec.ts'
import type { Link } from './link.ts'

type MakeCodec = () => Codec
type MakeLink = typeof import('./link.ts').createLink
type Listener = (...args: unknown[]) => void

export type IsolatedWorldConfig = {
  handshake: string
  birthPattern: string
  /** Name of the function, present in this world alone, that sends text to the main process. */
  binding: string
  /** The preload's path, for error reports. */
  preload: string
  process: { [key: string]: unknown }
}

/** What the main process may call in this world. */
export type IsolatedWorldPort = {
  fromMain(text: string): void
  runPreload(run: (...args: unknown[]) => void): void
}

/**
 * The preload's side: `require('electron')` and its friends, in a world whose globals the page cannot touch.
 * Self-contained: its text runs in pages.
 */
export function installIsolatedWorld(createCodec: MakeCodec, createLink: MakeLink, config: IsolatedWorldConfig) {
  'use strict'
  const world = globalThis as unknown as { [key: string]: unknown }
  const send = world[config.binding] as (text: string) => void
  if (window !== window.top || typeof send !== 'function' || new RegExp(config.birthPattern).test(location.href)) return
  const codec = createCodec()
  const toMain = (message: object) => send(codec.encode(message))

  const createEmitter = () => {
    const listeners = new Map<string, { listener: Listener; call: Listener }[]>()
    const of = (name: string) => listeners.get(name) ?? []
    const put = (name: string, entry: { listener: Listener; call: Listener }, first = false) => {
      listeners.set(name, first ? [entry, ...of(name)] : [...of(name), entry])
      return emitter
    }
    const emitter = {
      on: (name: string, listener: Listener) => put(name, { listener, call: listener }),
      addListener: (name: string, listener: Listener) => put(name, { listener, call: listener }),
      prependListener: (name: string, listener: Listener) => put(name, { listener, call: listener }, true),
      once(name: string, listener: Listener) {
        const call: Listener = (...args) => {
          emitter.off(name, listener)
          listener(...args)
        }
        return put(name, { listener, call })
      },
      off(name: string, listener: Listener) {
        const left = [...of(name)]
        const index = left.findLastIndex((each) => each.listener === listener)
        if (index >= 0) left.splice(index, 1)
        listeners.set(name, left)
        return emitter
      },
      removeListener: (name: string, listener: Listener) => emitter.off(name, listener),
      removeAllListeners(name?: string) {
        if (name === undefined) listeners.clear()
        else listeners.delete(name)
        return emitter
      },
      emit(name: string, ...args: unknown[]) {
        for (const { call } of of(name)) call.apply(emitter, args)
        return of(name).length > 0
      },
      listenerCount: (name: string) => of(name).length,
      listeners: (name: string) => of(name).map((each) => each.listener),
      eventNames: () => [...listeners.keys()].filter((name) => of(name).length > 0),
      setMaxListeners: () => emitter,
    }
    return emitter
  }

  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lastCall = 0
  const ask = (kind: string, channel: string, args: unknown[]) =>
    new Promise((resolve, reject) => {
      lastCall += 1
      toMain({ kind, id: lastCall, channel, args })
      pending.set(lastCall, { resolve, reject })
    })

  const refuse = (owner: string, target: object): object =>
    new Proxy(target, {
      get(_, name) {
        if (typeof name === 'symbol' || name in target || name === 'then' || name === 'toJSON') return Reflect.get(target, name) as unknown
        throw new Error(`not implemented: ${owner}.${name}`)
      },
    })

  const ipcRenderer = refuse('ipcRenderer', {
    ...createEmitter(),
    invoke: (channel: string, ...args: unknown[]) => ask('invoke', channel, args),
    send: (channel: string, ...args: unknown[]) => toMain({ kind: 'send', channel, args }),
  }) as ReturnType<typeof createEmitter>

  // Only ours: the page's end of the link never sees a reference to this node before its first script runs.
  const host = document.createElementNS('http://www.w3.org/1999/xhtml', 'div')
  const channel = host.attachShadow({ mode: 'open' })
  const post = (text: string) => void channel.dispatchEvent(new CustomEvent('toPage', { detail: text }))
  const services = {
    permission: (name: unknown, details: unknown) => ask('permission', String(name), [details]),
    windowClose: () => toMain({ kind: 'windowClose' }),
    windowOpen: (url: unknown, name: unknown, features: unknown) =>
      toMain({ kind: 'windowOpen', url: url === '' ? 'about:blank' : new URL(String(url), document.baseURI).href, name, features }),
  }
  // Electron, too, lets nothing of ipcRenderer itself cross.
  const link: Link = createLink(codec, post, services, (value) => (value === ipcRenderer ? {} : value))
  channel.addEventListener('toPreload', (event) => link.receive((event as CustomEvent<string>).detail))
  document.dispatchEvent(new MouseEvent(config.handshake, { relatedTarget: host }))

  // The protocol does not tell of titles that change later.
  let lastTitle: string | undefined
  const tellTitle = () => {
    if (document.title === lastTitle) return
    lastTitle = document.title
    toMain({ kind: 'title', title: lastTitle })
  }
  const titles = new MutationObserver(() => {
    tellTitle()
    if (document.head) titles.observe(document.head, { subtree: true, childList: true, characterData: true })
  })
  titles.observe(document, { childList: true })
  document.addEventListener('DOMContentLoaded', () => {
    if (document.documentElement) titles.observe(document.documentElement, { childList: true })
    if (document.head) titles.observe(document.head, { subtree: true, childList: true, characterData: true })
    tellTitle()
  })

  const process = Object.freeze({ ...config.process, env: Object.freeze({}) })
  const timers = {
    setTimeout: setTimeout.bind(globalThis),
    clearTimeout: clearTimeout.bind(globalThis),
    setInterval: setInterval.bind(globalThis),
    clearInterval: clearInterval.bind(globalThis),
    setImmediate: (callback: Listener, ...args: unknown[]) => setTimeout(callback, 0, ...args),
    clearImmediate: (id: number) => clearTimeout(id),
  }
  const contextBridge = refuse('contextBridge', { exposeInMainWorld: (key: string, api: unknown) => link.expose(key, api) })
  const webFrame = refuse('webFrame', {
    setZoomFactor: (factor: number) => toMain({ kind: 'zoom', factor }),
    setVisualZoomLevelLimits() {},
    setSpellCheckProvider() {},
  })
  const EventEmitter = function (this: object) {
    Object.assign(this, createEmitter())
  } as unknown as { EventEmitter: unknown; default: unknown }
  EventEmitter.EventEmitter = EventEmitter.default = EventEmitter
  const modules: { [name: string]: unknown } = {
    electron: refuse('electron', { contextBridge, ipcRenderer, webFrame }),
    events: EventEmitter,
    timers,
    url: { URL, URLSearchParams },
  }
  modules['electron/renderer'] = modules['electron/common'] = modules['electron']
  const require = (name: string) => {
    const found = modules[name.replace(/^node:/, '')]
    if (found === undefined) throw new Error(`module not found: ${name}`)
    return found
  }

  const port: IsolatedWorldPort = {
    fromMain(text) {
      const message = codec.decode(text) as { kind: string; id: number; channel: string; args: unknown[]; ok: boolean; value: unknown }
      if (message.kind === 'event') {
        ipcRenderer.emit(message.channel, { sender: ipcRenderer, ports: [] }, ...message.args)
        return
      }
      const settler = pending.get(message.id)
      pending.delete(message.id)
      if (message.ok) settler?.resolve(message.value)
      else settler?.reject(new Error(String(message.value)))
    },
    runPreload(run) {
      const module = { exports: {} }
      try {
        run(require, module, module.exports, process, timers.setImmediate, timers.clearImmediate, globalThis)
      } catch (error) {
        const { message, stack } = error instanceof Error ? error : new Error(String(error))
        toMain({ kind: 'preloadError', file: config.preload, message, stack })
        console.error('Unable to load preload script:', error)
      }
    },
  }
  Object.defineProperty(globalThis, '__electronPort', { value: port })
}
