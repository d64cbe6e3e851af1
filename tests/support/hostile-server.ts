/** TLS servers that answer whatever a test wants, for playing a broken or hostile gateway. */
import { createHash, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import type { SecureVersion } from 'node:tls'
import { generate } from 'selfsigned'

export interface Identity {
  readonly pem: string
  readonly pin: string
}

const yearMs = 365 * 24 * 3_600_000

export async function makeIdentity(changes: { readonly host?: string; readonly fromMs?: number; readonly toMs?: number } = {}): Promise<Identity> {
  const { host, fromMs = Date.now() - yearMs, toMs = Date.now() + yearMs } = changes
  const made = await generate([{ name: 'commonName', value: 'test' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(fromMs),
    notAfterDate: new Date(toMs),
    extensions: [{ name: 'subjectAltName', altNames: [host ? { type: 2, value: host } : { type: 7, ip: '127.0.0.1' }] }],
  })
  const pem = `${made.private.trim()}\n${made.cert.trim()}\n`
  const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
  return { pem, pin: createHash('sha256').update(spki).digest('base64') }
}

export interface SigningPair {
  readonly privateKey: KeyObject
  readonly kid: string
  readonly x: string
}

export function makeSigningPair(kid = 'K'.repeat(43)): SigningPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { privateKey, kid, x: publicKey.export({ format: 'jwk' }).x ?? '' }
}

export interface Request {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Responder = (request: Request, response: ServerResponse) => unknown

export interface HostileServer {
  readonly url: string
  /** Every request that arrived, oldest first. */
  readonly requests: Request[]
  close(): Promise<void>
}

export function answerJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export interface ServerOptions {
  readonly identity?: Identity
  readonly maxVersion?: SecureVersion
}

/** Listens on a free port of 127.0.0.1; without an identity it speaks plain HTTP. */
export async function startHostileServer(respond: Responder, { identity, maxVersion }: ServerOptions): Promise<HostileServer> {
  const requests: Request[] = []
  const listener = (incoming: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      const request = { method, url, headers, body: Buffer.concat(chunks).toString() }
      requests.push(request)
      respond(request, response)
    })
  }
  const server = identity
    ? createTlsServer({ key: identity.pem, cert: identity.pem, ...(maxVersion && { maxVersion }) }, listener)
    : createServer(listener)
  const { port, close } = await listen(server)
  return { url: `https://127.0.0.1:${port}`, requests, close }
}

async function listen(server: Server): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** An address at which nobody listens. */
export async function findClosedPort(): Promise<number> {
  const { port, close } = await listen(createTcpServer())
  await close()
  return port
}

export interface Meddler {
  readonly url: string
  /** From now on every byte that comes back is changed. */
  corruptAnswers(): void
  close(): Promise<void>
}

/** Somebody on the way between the client and the server. */
export async function startMeddler(targetUrl: string): Promise<Meddler> {
  const target = Number(new URL(targetUrl).port)
  let isCorrupting = false
  const server = createTcpServer((inbound) => {
    const outbound = connect(target, '127.0.0.1')
    inbound.pipe(outbound)
    outbound.on('data', (bytes) => inbound.write(isCorrupting ? spoil(bytes) : bytes))
    for (const [one, other] of [[inbound, outbound], [outbound, inbound]] as const) {
      one.on('close', () => other.destroy())
      one.on('error', () => other.destroy())
    }
  })
  const { port, close } = await listen(server)
  return {
    url: `https://127.0.0.1:${port}`,
    corruptAnswers() {
      isCorrupting = true
    },
    close,
  }
}

/** Changes what a TLS record carries and leaves its header (RFC 8446 §5.1) alone. */
function spoil(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, index) => (index < 5 ? byte : byte ^ 0xff)))
}
