import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

/** One X event, 32 bytes, as the protocol's document lays it out. */
export type XEvent = { type: number; isSynthetic: boolean; bytes: Buffer }

/** The part of the X11 protocol's client side that window management needs. */
export type XConnection = {
  root: number
  screen: { width: number; height: number }
  /** Sends a request that has no reply. `body` follows the 4-byte header. */
  send(opcode: number, data: number, body: Buffer): void
  /** Sends a request and resolves with its reply, or null when the server answers with an error. */
  ask(opcode: number, data: number, body: Buffer): Promise<Buffer | null>
  onEvent(listener: (event: XEvent) => void): void
  close(): void
}

const pad = (length: number) => (length + 3) & ~3

/** @throws when the display cannot be reached or refuses us; the message is the one Electron prints. */
export async function connectX(display: string): Promise<XConnection> {
  const [, host, number] = /^(.*):(\d+)(?:\.\d+)?$/.exec(display) ?? []
  if (number === undefined) throw new Error(`Unable to open X display ${display}`)
  const isLocal = host === '' || host === 'unix'
  const socket = isLocal ? net.connect(`/tmp/.X11-unix/X${number}`) : net.connect(6000 + Number(number), host)
  const refused = new Promise<never>((_, reject) => {
    socket.once('error', () => reject(new Error(`Unable to open X display ${display}`)))
  })
  socket.write(setupRequest(readCookie(number)))
  const reader = createReader(socket)
  const head = await Promise.race([reader.take(8), refused])
  const body = await reader.take(head.readUInt16LE(6) * 4)
  if (head[0] !== 1) throw new Error(`Unable to open X display ${display}: ${body.toString('latin1')}`)
  socket.on('error', () => {})
  return exchange(socket, reader, firstScreen(body))
}

function firstScreen(setup: Buffer) {
  const at = 32 + pad(setup.readUInt16LE(16)) + setup[21]! * 8
  return {
    root: setup.readUInt32LE(at),
    screen: { width: setup.readUInt16LE(at + 20), height: setup.readUInt16LE(at + 22) },
  }
}

function exchange(
  socket: net.Socket,
  reader: Reader,
  { root, screen }: Pick<XConnection, 'root' | 'screen'>,
): XConnection {
  const waiting = new Map<number, (reply: Buffer | null) => void>()
  const listeners: ((event: XEvent) => void)[] = []
  let sequence = 0

  const send: XConnection['send'] = (opcode, data, body) => {
    const head = Buffer.alloc(4)
    head[0] = opcode
    head[1] = data
    head.writeUInt16LE(1 + body.length / 4, 2)
    sequence = (sequence + 1) & 0xffff
    socket.write(Buffer.concat([head, body]))
  }
  const answer = (packet: Buffer, reply: Buffer | null) => {
    const number = packet.readUInt16LE(2)
    waiting.get(number)?.(reply)
    waiting.delete(number)
  }
  const readOne = async () => {
    const packet = await reader.take(32)
    const type = packet[0]! & 0x7f
    const hasTail = type === 1 || type === 35
    const tail = hasTail ? await reader.take(packet.readUInt32LE(4) * 4) : Buffer.alloc(0)
    if (type === 0) answer(packet, null)
    else if (type === 1) answer(packet, Buffer.concat([packet, tail]))
    else for (const listener of listeners) listener({ type, isSynthetic: packet[0]! > 0x7f, bytes: packet })
  }
  const readAll = async () => {
    for (;;) await readOne()
  }
  readAll().catch(() => {
    for (const settle of waiting.values()) settle(null)
  })

  return {
    root,
    screen,
    send,
    ask(opcode, data, body) {
      send(opcode, data, body)
      const { promise, resolve } = Promise.withResolvers<Buffer | null>()
      waiting.set(sequence, resolve)
      return promise
    },
    onEvent: (listener) => void listeners.push(listener),
    close: () => void socket.destroy(),
  }
}

type Reader = { take(count: number): Promise<Buffer> }

function createReader(socket: net.Socket): Reader {
  let buffered = Buffer.alloc(0)
  let wanted: { count: number; resolve: (bytes: Buffer) => void; reject: (error: Error) => void } | undefined
  const serve = () => {
    if (!wanted || buffered.length < wanted.count) return
    const { count, resolve } = wanted
    wanted = undefined
    const bytes = buffered.subarray(0, count)
    buffered = buffered.subarray(count)
    resolve(bytes)
  }
  socket.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk])
    serve()
  })
  socket.on('close', () => wanted?.reject(new Error('The X server has gone')))
  return {
    take(count) {
      const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
      wanted = { count, resolve, reject }
      serve()
      return promise
    },
  }
}

type Cookie = { name: Buffer; data: Buffer }

function setupRequest({ name, data }: Cookie): Buffer {
  const request = Buffer.alloc(12 + pad(name.length) + pad(data.length))
  request[0] = 0x6c // little-endian
  request.writeUInt16LE(11, 2)
  request.writeUInt16LE(name.length, 6)
  request.writeUInt16LE(data.length, 8)
  name.copy(request, 12)
  data.copy(request, 12 + pad(name.length))
  return request
}

/** The MIT-MAGIC-COOKIE-1 for a display, from the file xauth keeps; empty when there is none. */
function readCookie(display: string): Cookie {
  const none = { name: Buffer.alloc(0), data: Buffer.alloc(0) }
  let file: Buffer
  try {
    file = fs.readFileSync(process.env['XAUTHORITY'] || path.join(os.homedir(), '.Xauthority'))
  } catch {
    return none
  }
  let at = 0
  const field = () => {
    const length = file.readUInt16BE(at)
    at += 2 + length
    return file.subarray(at - length, at)
  }
  while (at + 2 < file.length) {
    at += 2 // the address family: every entry for this display number will do
    field()
    const number = field().toString('latin1')
    const name = field()
    const data = field()
    if ((number === display || number === '') && name.toString('latin1') === 'MIT-MAGIC-COOKIE-1') return { name, data }
  }
  return none
}
