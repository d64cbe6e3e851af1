import { createHash } from 'node:crypto'
import net from 'node:net'
import type { Server } from 'node:net'

/**
 * A lock that the kernel drops with the process, however it ends: an abstract socket (unix(7)), named after what is
 * locked. Other users' processes could take the name, but can then only refuse, never learn anything.
 */
export type Lock = { isHeld: boolean; release(): void }

const socketName = (purpose: string, subject: string) =>
  `\0electron-on-chromium-${purpose}-${createHash('sha256').update(`${process.getuid?.()}:${subject}`).digest('hex').slice(0, 32)}`

/** @param onMessage called with what another process that failed to get the lock has sent */
export function takeLock(purpose: string, subject: string, onMessage?: (message: unknown) => void): Lock {
  const server: Server = net.createServer((socket) => {
    let text = ''
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => (text += chunk))
    socket.on('end', () => {
      socket.end('ok')
      onMessage?.(JSON.parse(text))
    })
  })
  server.on('error', () => {})
  // For a path, Node binds before listen() returns: whether it got the name is known at once.
  server.listen(socketName(purpose, subject))
  server.unref()
  return { isHeld: server.listening, release: () => void server.close() }
}

/** Tells the holder of a lock something. Resolves when it has been heard, or nobody is there. */
export function tellHolder(purpose: string, subject: string, message: unknown): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(socketName(purpose, subject))
    socket.setTimeout(5000, () => socket.destroy())
    socket.on('connect', () => socket.end(JSON.stringify(message)))
    socket.on('data', () => {})
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
  })
}
