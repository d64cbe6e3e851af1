// A stage for tests: an app without a will of its own, which serves the pages and opens the windows a test asks for.
const { app, BrowserWindow, ipcMain, protocol, session, webContents } = require('electron')
const path = require('node:path')

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } }])
app.on('window-all-closed', () => {})

const pages = new Map()
const requests = []

function serve(request) {
  const { pathname, host } = new URL(request.url)
  requests.push({ url: request.url, method: request.method })
  const page = pages.get(`${host}${pathname}`) ?? pages.get(pathname)
  if (typeof page === 'function') return page(request)
  if (!page) return new Response('nothing here', { status: 404 })
  return new Response(page.body, { status: page.status ?? 200, headers: { 'content-type': 'text/html; charset=utf-8', ...page.headers } })
}

const handled = new Set()
function sessionOf(partition) {
  const own = partition ? session.fromPartition(partition) : session.defaultSession
  if (!handled.has(own)) own.protocol.handle('app', serve)
  handled.add(own)
  return own
}

/** Collects the names of a window's and its page's events, in order. */
function record(window, names, pageNames = []) {
  const seen = []
  for (const name of names) window.on(name, () => seen.push(name))
  for (const name of pageNames) window.webContents.on(name, () => seen.push(name))
  return seen
}

async function open({ show = true, preload = 'preload.cjs', partition, ...options }) {
  sessionOf(partition)
  const webPreferences = { ...options.webPreferences, ...(partition ? { partition } : {}), ...(preload ? { preload: path.join(__dirname, preload) } : {}) }
  const window = new BrowserWindow({ width: 600, height: 400, show, ...options, webPreferences })
  return window.id
}

ipcMain.handle('echo', (_event, ...args) => args)
ipcMain.handle('fail', () => { throw Object.assign(new RangeError('no such offer'), { secret: 'x' }) })
ipcMain.handle('secret', () => 'the vault is open')
ipcMain.handle('who', (event) => ({
  url: event.senderFrame.url,
  origin: event.senderFrame.origin,
  isMain: event.senderFrame === event.sender.mainFrame,
  hasParent: event.senderFrame.parent !== null,
  senderId: event.sender.id,
}))

globalThis.stage = { app, BrowserWindow, ipcMain, session, webContents, pages, requests, open, record, sessionOf, heard: [], values: {} }
ipcMain.on('tell', (_event, value) => globalThis.stage.heard.push(value))
