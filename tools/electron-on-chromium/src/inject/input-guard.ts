/** What the guard needs to know of the app at the moment. */
export type GuardPolicy = {
  /** Hold every key until the main process has decided (before-input-event has listeners). */
  holdsKeys: boolean
  /** Combinations that are the application menu's. */
  accelerators: string[]
}

/** A key as it goes to the main process; the names are those of Electron's Input object. */
export type GuardedKey = {
  type: 'keyDown' | 'keyUp'
  key: string
  code: string
  keyCode: number
  isAutoRepeat: boolean
  isComposing: boolean
  shift: boolean
  control: boolean
  alt: boolean
  meta: boolean
  location: number
}

export type GuardPort = { setPolicy(policy: GuardPolicy): void; letPass(type: string, code: string): void }

/**
 * Sees keys before the page does, in every frame, from the isolated world. Keys that would drive the browser (a new tab,
 * the address bar, developer tools, the browser's own full screen) do nothing, as in an Electron app without a menu.
 * Self-contained: its text runs in pages.
 */
export function installInputGuard(binding: string, encode: (message: object) => string, initial: GuardPolicy) {
  'use strict'
  const send = (globalThis as unknown as { [key: string]: (text: string) => void })[binding]
  if (typeof send !== 'function') return
  let policy = initial
  const passing = new Map<string, number>()
  const browserKeys = new Set([
    'F1', 'F3', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12', 'ctrl+F4', 'ctrl+F5', 'shift+F5', 'shift+Escape', 'alt+ArrowLeft', 'alt+ArrowRight', 'alt+Home',
    'ctrl+Tab', 'ctrl+shift+Tab', 'ctrl+PageUp', 'ctrl+PageDown', 'ctrl+shift+Delete', 'BrowserBack', 'BrowserForward', 'BrowserRefresh', 'BrowserHome', 'BrowserSearch',
    ...[...'bdefghjklnoprstuw0123456789+-='].map((key) => `ctrl+${key}`),
    ...[...'abcdghijklmnopqrtuw+-_)'].map((key) => `ctrl+shift+${key}`),
    ...[...'defg'].map((key) => `alt+${key}`),
    ...[...'it'].map((key) => `alt+shift+${key}`),
  ])

  const combination = (event: KeyboardEvent) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    return `${event.ctrlKey ? 'ctrl+' : ''}${event.altKey ? 'alt+' : ''}${event.shiftKey ? 'shift+' : ''}${event.metaKey ? 'meta+' : ''}${key}`
  }
  const describe = (event: KeyboardEvent, type: GuardedKey['type']): GuardedKey => ({
    type,
    key: event.key,
    code: event.code,
    keyCode: event.keyCode,
    isAutoRepeat: event.repeat,
    isComposing: event.isComposing,
    shift: event.shiftKey,
    control: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
    location: event.location,
  })
  const onKey = (type: GuardedKey['type']) => (event: KeyboardEvent) => {
    if (!event.isTrusted) return
    const name = `${type}:${event.code}`
    const passes = passing.get(name) ?? 0
    const isHeld = policy.holdsKeys && passes === 0
    const isAccelerator = type === 'keyDown' && policy.accelerators.includes(combination(event))
    if (passes > 0) passing.set(name, passes - 1)
    if (isHeld || (isAccelerator && passes === 0)) {
      event.preventDefault()
      event.stopImmediatePropagation()
      send(encode({ kind: 'key', key: describe(event, type), combination: combination(event) }))
    } else if (type === 'keyDown' && browserKeys.has(combination(event))) {
      event.preventDefault()
    }
  }
  const editable = 'input, textarea, [contenteditable=""], [contenteditable=true]'
  const onContextMenu = (event: MouseEvent) => {
    if (!event.isTrusted) return
    // Electron draws no menu; that is the app's business.
    event.preventDefault()
    const target = event.target instanceof Element ? event.target : undefined
    const link = target?.closest('a[href]')
    send(encode({
      kind: 'contextMenu',
      params: { x: event.x, y: event.y, linkURL: link instanceof HTMLAnchorElement ? link.href : '', linkText: link?.textContent ?? '', selectionText: String(getSelection() ?? ''), isEditable: target?.closest(editable) !== null && target !== undefined, mediaType: target instanceof HTMLImageElement ? 'image' : 'none', srcURL: target instanceof HTMLImageElement ? target.src : '' },
    }))
  }
  addEventListener('keydown', onKey('keyDown'), true)
  addEventListener('keyup', onKey('keyUp'), true)
  addEventListener('contextmenu', onContextMenu, true)

  const port: GuardPort = {
    setPolicy: (next) => void (policy = next),
    letPass: (type, code) => void passing.set(`${type}:${code}`, (passing.get(`${type}:${code}`) ?? 0) + 1),
  }
  Object.defineProperty(globalThis, '__electronGuard', { value: port })
}
