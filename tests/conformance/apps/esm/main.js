import electron, { app, ipcMain } from 'electron'
import { createRequire } from 'node:module'

const required = createRequire(import.meta.url)('electron')
const facts = { same: electron.app === app && required.app === app, ipc: typeof ipcMain.handle, name: app.getName(), version: app.getVersion(), electron: process.versions.electron, chrome: process.versions.chrome }
process.stdout.write(`${JSON.stringify({ what: 'facts', value: facts })}\n`)
void app.whenReady().then(() => app.quit())
