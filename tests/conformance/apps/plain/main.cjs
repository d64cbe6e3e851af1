// Does what its arguments say and prints what it sees, one JSON line each: for tests of whole processes, without Playwright.
const { app, BrowserWindow, utilityProcess } = require('electron')
const path = require('node:path')

const say = (what, value = null) => process.stdout.write(`${JSON.stringify({ what, value })}\n`)
const has = (name) => process.argv.includes(`--${name}`)

for (const name of ['before-quit', 'will-quit', 'window-all-closed']) app.on(name, () => say(name))
app.on('quit', (_event, code) => say('quit', code))
app.on('second-instance', (_event, argv, cwd) => say('second-instance', { last: argv.at(-1), cwd }))

if (has('single') && !app.requestSingleInstanceLock()) {
  say('refused')
  app.quit()
} else {
  void app.whenReady().then(async () => {
    say('ready', { argv: process.argv, type: process.type, isPackaged: app.isPackaged, locale: app.getLocale(), appPath: app.getAppPath(), userData: app.getPath('userData') })
    const window = new BrowserWindow({ width: 300, height: 200 })
    await window.loadURL('data:text/html,<title>plain</title>')
    const child = has('utility') ? utilityProcess.fork(path.join(__dirname, 'child.cjs'), ['--stay'], { stdio: 'ignore' }) : undefined
    child?.once('message', () => say('utility', child.pid))
    say('loaded')
    if (has('exit')) app.exit(7)
    if (has('quit')) app.quit()
    if (has('close')) window.close()
  })
}
