import { randomBytes as cryptoRandomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Catalogue } from '../contract/catalogue.ts'
import { type AccountWork, createAccounts } from './create-accounts.ts'
import { createDevices } from './devices.ts'
import type { Environment } from './environment.ts'
import { createHandlers } from './handlers.ts'
import { createGuard } from './http/guard.ts'
import { createProofReader, createProofRegister } from './http/proof.ts'
import { createRateLimiter } from './http/rate-limit.ts'
import { registerRoutes } from './http/register-routes.ts'
import { createServer } from './http/server.ts'
import { loadSigningKey, type PublicSigningKey } from './keys/signing-key.ts'
import { loadTlsIdentity } from './keys/tls-identity.ts'
import type { TokenIdentity } from './oauth/create-tokens.ts'
import type { TextSender } from './outbox/http-texts.ts'
import { isLoopback } from './outbox/loopback.ts'
import type { MailServer } from './outbox/smtp-post.ts'
import { registerPages } from './pages/register-pages.ts'
import { createControlHandlers, raisePrice } from './sandbox/control.ts'
import { createFaults } from './sandbox/faults.ts'
import { createChargeList } from './shop/charge-list.ts'
import { createControls } from './shop/controls.ts'
import { createDisputes } from './shop/disputes.ts'
import type { AccountsRule } from './shop/funding-source.ts'
import { createLogHeads } from './shop/log-heads.ts'
import { createMessages } from './shop/messages.ts'
import { createMoneyBack } from './shop/money-back.ts'
import { createPurchases } from './shop/purchases.ts'
import { createQuotes } from './shop/quotes.ts'
import { createShelf } from './shop/shelf.ts'
import { createUnderWay } from './shop/under-way.ts'
import { makeFolder } from './store/make-folder.ts'
import { openStore } from './store/open-store.ts'

export interface GatewayOptions {
  /** Folder for the database and the server's own keys; made when it is missing. */
  readonly dataDir: string
  readonly catalogue: Catalogue
  /** `sandbox` adds the tester's routes. Neither mode is connected to a card processor: this gateway only records. */
  readonly mode: 'sandbox' | 'live'
  /** Whether anything is sold to a device that is not signed in; a sandbox does unless told, a live gateway does not. */
  readonly accounts?: AccountsRule
  /**
   * The origin by which people and devices reach this gateway, for example `https://gateway.example`; `https://localhost` with its port
   * unless told, because no passkey is bound to an address that is a number.
   */
  readonly publicUrl?: string
  /**
   * Addresses of the proxies in front of it, each exactly: what they say in `X-Forwarded-For` is who asks. None unless told; then everybody
   * who comes through a proxy is one and the same.
   */
  readonly trustProxy?: readonly string[]
  /** Folder of what browsers need for its pages, `resources/account-pages`. Without it there are no pages, and nobody can sign up. */
  readonly pagesDir?: string
  /** Who people are; its own accounts unless told. */
  readonly identity?: TokenIdentity
  /** TCP port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number
  /** Quotes, and likewise purchases, that one device may ask for in a minute; 120 unless told. */
  readonly requestsPerMinute?: number
  /** The time in milliseconds since the epoch; the system clock unless told. */
  readonly now?: Environment['now']
  readonly randomBytes?: Environment['randomBytes']
  /** Needed in live mode. The sandbox keeps what it sends in an outbox of its own unless it is given one. */
  readonly mail?: MailServer
  readonly texts?: TextSender
  /** How much work passwords and proofs of work are; as much as it has to be unless told. */
  readonly accountWork?: AccountWork
  /** Hears of failures that are bugs, and of messages that nobody took; silent unless told. */
  readonly onError?: (error: unknown) => void
}

export interface Gateway {
  /** Origin, for example `https://127.0.0.1:40213`. */
  readonly url: string
  /** Origin of its pages, as people reach them. */
  readonly publicUrl: string
  /** Base64 of the SHA-256 of the SubjectPublicKeyInfo of its TLS certificate. */
  readonly pin: string
  readonly signingKey: PublicSigningKey
  /** Bearer token of the tester's routes, new at each start; null in live mode. */
  readonly controlToken: string | null
  /** Lets requests under way end, then frees the port and the database. */
  readonly close: () => Promise<void>
}

const closeGraceMs = 2000

/** Starts a gateway. Throws when the folder or the port cannot be used; nothing is then left open. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { dataDir, mode, now = Date.now, randomBytes = cryptoRandomBytes, onError = () => {} } = options
  if (mode === 'live' && !options.mail) throw new Error('a live gateway has to write to people about their accounts, and needs a mail server')
  const shelf = createShelf(options.catalogue)
  makeFolder(dataDir)
  const [tls, signingKey] = await Promise.all([loadTlsIdentity(dataDir), loadSigningKey(dataDir)])
  const { store, close: closeStore } = openStore(dataDir)
  const closing = new AbortController()
  const controlToken = mode === 'sandbox' ? Buffer.from(randomBytes(32)).toString('base64url') : null
  const faults = createFaults({ wait: (delayMs) => wait(delayMs, closing.signal) })
  const devices = createDevices({ store, now })
  const app = createServer({ tls, trustProxy: options.trustProxy, onError })
  const publicOrigin = () => options.publicUrl ?? originsOf(app)[1]
  const accounts = options.accounts ?? (mode === 'live' ? 'needed' : 'optional')
  const { identity, tokens, outbox, close: closeAccounts } = createAccounts({ ...options, store, signingKey, publicOrigin, now, randomBytes, onError })
  const perMinute = options.requestsPerMinute ?? 120
  const guard = createGuard({
    devices,
    admit: tokens.admit,
    readProof: createProofReader({ now, origins: () => [...originsOf(app), publicOrigin()] }),
    proofs: createProofRegister({ store, now }),
    limiter: createRateLimiter({ now, perMinute }),
    controlToken: controlToken ?? undefined,
  })
  const disputes = createDisputes({ store, signingKey, now, randomBytes })
  const handlers = createHandlers({
    now,
    signingKey,
    shelf,
    devices,
    issueQuote: createQuotes({ store, signingKey, shelf, accounts, now, randomBytes }),
    purchases: createPurchases({ store, signingKey, shelf, now, randomBytes }),
    messages: createMessages({ store, signingKey, now }),
    chargeList: createChargeList({ store, signingKey, now }),
    logHead: createLogHeads({ store, signingKey, now }),
    disputes,
    controls: createControls({ store, signingKey, accounts, now }),
    underWay: createUnderWay(),
    around: faults.around,
    raisePrice: (offerId) => raisePrice(shelf, offerId),
  })
  registerRoutes(app, { ...handlers, ...tokens.handlers }, guard)
  const moneyBack = createMoneyBack({ store, now, randomBytes })
  if (mode === 'sandbox') registerRoutes(app, createControlHandlers({ store, faults, shelf, moneyBack, disputes, outbox }), guard)
  if (options.pagesDir !== undefined) {
    registerPages(app, {
      ...{ identity, grants: tokens.grants, now, randomBytes, onError },
      outbox: mode === 'sandbox' && !options.mail && isOnlyHere(options.publicUrl) ? outbox : null,
      isSandbox: mode === 'sandbox',
      folder: options.pagesDir,
      publicUrl: publicOrigin,
      limiter: createRateLimiter({ now, perMinute }),
    })
  }

  async function close(): Promise<void> {
    closing.abort()
    const impatience = setTimeout(() => app.server.closeAllConnections(), closeGraceMs)
    await app.close()
    clearTimeout(impatience)
    await closeAccounts()
    await closeStore()
  }

  try {
    const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 })
    return { url, publicUrl: publicOrigin(), pin: tls.pin, signingKey: { kid: signingKey.kid, x: signingKey.x }, controlToken, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Whether nobody but people at this computer comes by its address: only they may read what the sandbox keeps. */
function isOnlyHere(publicUrl: string | undefined): boolean {
  return publicUrl === undefined || isLoopback(new URL(publicUrl).hostname)
}

/** Both spellings are in the certificate. */
function originsOf(app: FastifyInstance): readonly [string, string] {
  const { port } = app.server.address() as AddressInfo
  return [`https://127.0.0.1:${port}`, `https://localhost:${port}`]
}

/** A delay that a closing gateway cuts short. */
async function wait(delayMs: number, signal: AbortSignal): Promise<void> {
  await delay(delayMs, undefined, { signal }).catch(() => {})
}
