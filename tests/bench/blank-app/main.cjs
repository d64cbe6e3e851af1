// What every app pays on this runtime: one window with nothing in it.
const { app, BrowserWindow } = require('electron')

void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1180, height: 780, title: 'Blank' })
  void window.loadURL('data:text/html,<title>Blank</title><p>blank')
})
