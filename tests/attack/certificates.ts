/** A hundred bad certificates, and whatever else somebody could show who is not the gateway: the real client tells none of them a byte. */
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto'
import type { AddressInfo, Socket } from 'node:net'
import { createServer, type TlsOptions, type TLSSocket } from 'node:tls'
import { generate } from 'selfsigned'
import type { Random } from '../crash/random.ts'
import { createClient } from '../contract/gateway-client/client-under-test.ts'
import { makeSigningPair } from '../support/hostile-server.ts'
import { type AttackFigures, noFigures, noteAccepted, noteCrash, tell } from './figures.ts'

const dayMs = 24 * 3_600_000
const local = { type: 7, ip: '127.0.0.1' } as const

interface Wanted {
  readonly key?: 'P-256' | 'P-384' | 'RSA 2048' | 'RSA 1024'
  readonly digest?: 'sha1' | 'sha256'
  readonly altNames?: readonly ({ readonly type: 1 | 2 | 6; readonly value: string } | { readonly type: 7; readonly ip: string })[]
  readonly commonName?: string
  readonly fromMs?: number
  readonly toMs?: number
  readonly ca?: { readonly key: string; readonly cert: string }
}

interface Made {
  readonly key: string
  readonly cert: string
  readonly pin: string
}

function keyPair(kind: NonNullable<Wanted['key']>): { readonly publicKey: string; readonly privateKey: string } {
  const { publicKey, privateKey } = kind.startsWith('RSA')
    ? generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) })
    : generateKeyPairSync('ec', { namedCurve: kind })
  return { publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })), privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) }
}

async function make({ key = 'P-256', digest = 'sha256', altNames = [local], commonName = '127.0.0.1', fromMs = Date.now() - dayMs, toMs = Date.now() + dayMs, ca }: Wanted = {}): Promise<Made> {
  const isRsa = key.startsWith('RSA')
  const made = await generate([{ name: 'commonName', value: commonName }], {
    ...(isRsa ? { keyType: 'rsa' as const } : { keyType: 'ec' as const, curve: key as 'P-256' | 'P-384' }),
    ...(ca && { ca }),
    keyPair: keyPair(key),
    algorithm: digest,
    notBeforeDate: new Date(fromMs),
    notAfterDate: new Date(toMs),
    extensions: altNames.length > 0 ? [{ name: 'subjectAltName', altNames: [...altNames] }] : [],
  })
  const spki = new X509Certificate(made.cert).publicKey.export({ type: 'spki', format: 'der' })
  return { key: made.private, cert: made.cert, pin: createHash('sha256').update(spki).digest('base64') }
}

/** What a server shows, and what the client was told to expect. */
interface Bad {
  readonly what: string
  readonly shown: Made
  readonly pins: readonly string[]
  readonly mustChain?: boolean
  readonly tls?: TlsOptions
}

const strangers = [
  { type: 2, value: '*' }, { type: 2, value: '*.0.0.1' }, { type: 2, value: '127.0.0.1' }, { type: 2, value: 'localhost' }, { type: 2, value: 'gateway.example' },
  { type: 2, value: '127.0.0.1.gateway.example' }, { type: 7, ip: '127.0.0.2' }, { type: 7, ip: '0.0.0.0' }, { type: 7, ip: '::1' },
  { type: 6, value: 'https://127.0.0.1' }, { type: 1, value: 'root@127.0.0.1' },
] as const

/** The pinned key in a certificate that is not good, or a good certificate of another key. */
function kindsOf(random: Random, pinned: Made): readonly (() => Promise<Bad>)[] {
  const withPin = async (what: string, wanted: Wanted, more: Partial<Bad> = {}): Promise<Bad> => {
    const shown = await make(wanted)
    return { what, shown, pins: [shown.pin], ...more }
  }
  const agoMs = random.pick([2_000, dayMs, 400 * dayMs])
  return [
    () => withPin('run out', { fromMs: Date.now() - 800 * dayMs, toMs: Date.now() - agoMs }),
    () => withPin('not valid yet', { fromMs: Date.now() + 60_000 + agoMs, toMs: Date.now() + 900 * dayMs }),
    () => withPin('for another host', { altNames: [random.pick(strangers)] }),
    () => withPin('with a name in the subject alone', { altNames: [{ type: 2, value: 'gateway.example' }], commonName: '127.0.0.1' }),
    () => withPin('RSA of 1024 bits', { key: 'RSA 1024' }, { tls: { ciphers: 'DEFAULT@SECLEVEL=0' } }),
    () => withPin('without a chain where one is asked for', {}, { mustChain: true }),
    () => withPin('over TLS 1.2', {}, { tls: { maxVersion: 'TLSv1.2' } }),
    async () => ({ what: 'of another key', shown: await make({ key: random.pick(['P-256', 'P-384', 'RSA 2048']) }), pins: [pinned.pin] }),
    async () => ({ what: 'of another key, signed with SHA-1', shown: await make({ key: 'RSA 2048', digest: 'sha1' }), pins: [pinned.pin], tls: { ciphers: 'DEFAULT@SECLEVEL=0' } }),
    async () => {
      const other = await make({ ca: pinned })
      return { what: 'issued by the pinned key', shown: other, pins: [pinned.pin] }
    },
    async () => {
      const other = await make({ ca: pinned })
      return { what: 'with the pinned one behind it', shown: { ...other, cert: `${other.cert}\n${pinned.cert}` }, pins: [pinned.pin] }
    },
    async () => ({ what: 'that differs from the pin in its last letter', shown: pinned, pins: [otherPin(pinned.pin)] }),
    async () => ({ what: 'pinned as a whole, not by its key', shown: pinned, pins: [createHash('sha256').update(new X509Certificate(pinned.cert).raw).digest('base64')] }),
  ]
}

const otherPin = (pin: string) => `${pin.slice(0, -2)}${pin.at(-2) === 'A' ? 'E' : 'A'}=`

/** Counts what is said to it once the handshake is over. */
async function listen({ key, cert }: Made, tls: TlsOptions = {}) {
  const counted = { bytes: 0 }
  const sockets = new Set<Socket>()
  const server = createServer({ key, cert, ...tls }, (socket: TLSSocket) => {
    socket.on('data', (bytes) => void (counted.bytes += bytes.length))
    socket.on('error', () => {})
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
  return {
    counted,
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** What the client says of it, and how many bytes of a request came. */
async function meet({ shown, pins, mustChain = false, tls }: Bad): Promise<{ readonly problem: string; readonly bytes: number }> {
  const server = await listen(shown, tls)
  try {
    const { kid, x } = makeSigningPair()
    const { gateway } = createClient({ url: server.url, pins: [...pins], signingKey: { kid, x } }, { mustChain, timeoutMs: 2_000 })
    const problem = await gateway.catalogue().then(
      () => 'none',
      (error: { readonly problem?: { readonly kind: string; readonly sent: boolean } }) => (error.problem ? `${error.problem.kind}${error.problem.sent ? ', sent' : ''}` : 'not a problem of the gateway'),
    )
    return { problem, bytes: server.counted.bytes }
  } finally {
    server.close()
  }
}

/** So many certificates; a good one, by which bytes do come, is shown first. */
export async function attackCertificates(count: number, random: Random): Promise<AttackFigures> {
  const figures = noFigures()
  const pinned = await make()
  const good = await meet({ what: 'good', shown: pinned, pins: [pinned.pin], tls: {} })
  if (good.bytes === 0) noteCrash(figures, `a good certificate is refused: ${good.problem}`)
  for (let turn = 0; turn < count; turn += 1) {
    const kinds = kindsOf(random, pinned)
    const bad = await kinds[turn % kinds.length]!()
    figures.attempts += 1
    const { problem, bytes } = await meet(bad)
    tell(figures, `${bad.what}: ${problem}`)
    if (bytes > 0 || problem !== 'certificateNotTrusted') noteAccepted(figures, `a certificate ${bad.what}: ${problem}, ${bytes} bytes`)
  }
  return figures
}
