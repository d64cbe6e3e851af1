const { contextBridge } = require('electron')

contextBridge.exposeInMainWorld('first', { n: 1 })
let refused = false
try {
  contextBridge.exposeInMainWorld('first', { n: 2 })
} catch {
  refused = true
}
contextBridge.exposeInMainWorld('second', { refused })
