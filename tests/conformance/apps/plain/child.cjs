// Answers its parent; ends when told to.
process.parentPort.on('message', ({ data }) => {
  if (data.exit !== undefined) process.exit(data.exit)
  process.parentPort.postMessage({ echo: data, args: process.argv.slice(2), type: process.type, env: process.env.PROBE })
})
process.parentPort.postMessage('up')
console.log('child speaks')
