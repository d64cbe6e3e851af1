import EventEmitter from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { Protocol } from 'devtools-protocol'

type Method = keyof Protocol.CommandParameters
type Params<M extends Method> = Protocol.CommandParameters[M]
type Result<M extends Method> = Protocol.CommandReturnValues[M]
type Event = keyof Protocol.Events

/** Commands and events of one DevTools session (a page, an iframe of another site, or the browser itself). */
export type CdpSession = {
  readonly id: string
  send<M extends Method>(method: M, params?: Params<M>): Promise<Result<M>>
  /** Like send, but for commands whose failure only means that the page has gone meanwhile. */
  post<M extends Method>(method: M, params?: Params<M>): void
  on<E extends Event>(event: E, listener: (payload: Protocol.Events[E]) => void): void
}

/** The DevTools protocol over the two pipes Chromium reads and writes as file descriptors 3 and 4. */
export type Cdp = { browser: CdpSession; session(id: string): CdpSession; closed: Promise<void> }

type Pending = { method: string; resolve: (value: never) => void; reject: (error: Error) => void }

export function createCdp(toBrowser: Writable, fromBrowser: Readable): Cdp {
  const pending = new Map<number, Pending>()
  const events = new EventEmitter().setMaxListeners(0)
  let lastId = 0
  let isClosed = false
  const { promise: closed, resolve: markClosed } = Promise.withResolvers<void>()

  const receive = (text: string) => {
    const message = JSON.parse(text)
    if (message.id === undefined) {
      events.emit(`${message.sessionId ?? ''}:${message.method}`, message.params)
      return
    }
    const waiting = pending.get(message.id)
    pending.delete(message.id)
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`))
    else waiting?.resolve(message.result as never)
  }

  const close = () => {
    if (isClosed) return
    isClosed = true
    for (const { method, reject } of pending.values()) reject(new Error(`${method}: Chromium has closed`))
    pending.clear()
    markClosed()
  }

  splitAtNul(fromBrowser, receive)
  fromBrowser.on('close', close)
  toBrowser.on('error', close)

  const session = (id: string): CdpSession => {
    const send: CdpSession['send'] = (method, params) => {
      if (isClosed) return Promise.reject(new Error(`${method}: Chromium has closed`))
      const { promise, resolve, reject } = Promise.withResolvers<never>()
      pending.set(++lastId, { method, resolve, reject })
      toBrowser.write(`${JSON.stringify({ id: lastId, method, params, sessionId: id || undefined })}\0`)
      return promise
    }
    return {
      id,
      send,
      post: (method, params) => void send(method, params).catch(() => {}),
      on: (event, listener) => void events.on(`${id}:${event}`, listener),
    }
  }
  return { browser: session(''), session, closed }
}

/** Messages end in a NUL byte and can be megabytes long, so pieces are joined once, at the end of each. */
function splitAtNul(stream: Readable, onMessage: (text: string) => void) {
  let pieces: Buffer[] = []
  stream.on('data', (chunk: Buffer) => {
    let start = 0
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      pieces.push(chunk.subarray(start, end))
      const text = pieces.length === 1 ? pieces[0]!.toString() : Buffer.concat(pieces).toString()
      pieces = []
      start = end + 1
      onMessage(text)
    }
    if (start < chunk.length) pieces.push(chunk.subarray(start))
  })
}
