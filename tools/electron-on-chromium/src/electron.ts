import { BrowserWindow } from './browser-window.ts'
import { setColorScheme } from './color-scheme.ts'
import { dialog } from './dialog.ts'
import { ipcMain } from './ipc-main.ts'
import { Menu, MenuItem } from './menu.ts'
import { strict } from './not-implemented.ts'
import { defaultSession, fromPartition } from './session.ts'
import { shell } from './shell.ts'
import { createNativeTheme, nativeImageModule, powerMonitor } from './system.ts'
import { utilityProcess } from './utility-process.ts'
import { webContents } from './web-contents.ts'

/** The module that `require('electron')` and `import 'electron'` give the main process. */
export function createElectron(app: Electron.App) {
  return strict('electron', {
    app,
    BrowserWindow,
    ipcMain,
    webContents: strict('webContents', webContents),
    protocol: defaultSession.protocol,
    session: strict('session', { defaultSession, fromPartition }),
    dialog,
    Menu,
    MenuItem,
    nativeImage: nativeImageModule,
    nativeTheme: createNativeTheme(setColorScheme),
    powerMonitor,
    shell,
    utilityProcess,
  })
}
