// Loaded by the main process before the app: notes every request of its sessions and every connection that its process opens.
const diagnostics = require('node:diagnostics_channel')
const { app, session } = require('electron')

const seen = { requests: [], connections: [], openedOutside: [] }
globalThis.networkSeen = seen

diagnostics.subscribe('net.client.socket', ({ socket }) => {
  socket.once('connect', () => {
    // Sockets of the file system, to a display or to the keychain, lead to nobody else.
    if (socket.remoteAddress) seen.connections.push(`${socket.remoteAddress}:${socket.remotePort}`)
  })
})

void app.whenReady().then(() => {
  for (const page of ['launcher', 'confirm']) {
    session.fromPartition(page).webRequest.onBeforeRequest((details, answer) => {
      seen.requests.push(details.url)
      answer({})
    })
  }
})
