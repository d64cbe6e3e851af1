const { contextBridge, ipcRenderer } = require('electron')

const callbacks = []
const sent = []
ipcRenderer.on('news', (_event, ...args) => { sent.push(args); for (const callback of callbacks) callback(...args) })

contextBridge.exposeInMainWorld('bridge', {
  echo: (...args) => ipcRenderer.invoke('echo', ...args),
  fail: () => ipcRenderer.invoke('fail'),
  who: () => ipcRenderer.invoke('who'),
  missing: () => ipcRenderer.invoke('no such channel'),
  tell: (value) => ipcRenderer.send('tell', value),
  sum: (a, b) => a + b,
  identity: (value) => value,
  throwSync: () => { throw Object.assign(new TypeError('sync refusal'), { code: 'E_HIDDEN' }) },
  rejectLate: async () => { throw Object.assign(new Error('late refusal'), { code: 'E_HIDDEN' }) },
  apply: (callback, value) => callback(value),
  applyLater: async (callback, value) => (await callback(value)) + 1,
  makeAdder: (a) => (b) => a + b,
  onNews: (callback) => { callbacks.push(callback); return () => callbacks.splice(callbacks.indexOf(callback), 1).length },
  typeOf: (value) => Object.prototype.toString.call(value),
  constant: { nested: { list: [1, { deep: true }] }, date: new Date(0) },
  process: { platform: process.platform, type: process.type, sandboxed: process.sandboxed, contextIsolated: process.contextIsolated, argv: process.argv },
  modules: { emitter: typeof require('events').EventEmitter, url: typeof require('url').URL, timers: typeof require('timers').setTimeout },
  requireFails: (() => { try { require('fs'); return false } catch { return true } })(),
})
contextBridge.exposeInMainWorld('answer', 42)
globalThis.leaked = 'from the preload'
