/** Gives a forked Node process the `process.parentPort` that Electron gives to a utility process. */
process.parentPort = {
  postMessage: (message) => process.send(message),
  on(event, listener) {
    if (event === 'message') process.on('message', (data) => listener({ data }))
  },
}
