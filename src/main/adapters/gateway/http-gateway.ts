/** The gateway port over HTTPS. Only what the gateway signed is believed. */
import type * as v from 'valibot'
import {
  type ChargeListClaims,
  ChargeListClaimsSchema,
  DisputeClaimsSchema,
  jwsTypes,
  LogHeadClaimsSchema,
  QuoteClaimsSchema,
  ReceiptClaimsSchema,
  StoredQuoteSchema,
  TimeClaimsSchema,
} from '../../../contract/http/claims.ts'
import { MessageBodySchema, type PurchaseResponseSchema } from '../../../contract/http/messages.ts'
import type { RouteName } from '../../../contract/http/routes.ts'
import type { SignedMessage } from '../../../domain/events.ts'
import type { GatewayMessage } from '../../../domain/gateway-message.ts'
import type { ChargeLine } from '../../../domain/reconciliation.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Device } from '../../ports/device.ts'
import type { AccountGateway } from '../../ports/account-gateway.ts'
import { type Gateway, GatewayError, type GatewayProblem, type GatewayState, type PurchaseAnswer } from '../../ports/gateway.ts'
import type { Ids } from '../../ports/ids.ts'
import type { Session } from '../../ports/session.ts'
import { createAccountCalls } from './account-calls.ts'
import { createControlsCalls } from './controls-calls.ts'
import type { GatewayConfig } from './gateway-config.ts'
import { createGatewayTime } from './gateway-time.ts'
import type { CallOptions, HttpClient } from './http-client.ts'
import type { ConnectionWatch } from './json-connections.ts'
import { createStepUpCalls } from './step-up-calls.ts'
import {
  createReadSigned,
  createVerifyMessage,
  type ReadSigned,
  readVerified,
  SignatureError,
  type VerifyMessage,
} from './signed-message.ts'

export interface HttpGatewayOptions {
  readonly clock: Clock
  readonly device: Device
  readonly ids: Ids
  /** Waits for the sandbox to start; null when this build has no gateway. */
  readonly config: () => Promise<GatewayConfig | null>
  /** True where the certificate must chain to a trusted root as well as match a pin. */
  readonly mustChain: boolean
  /** In whose name this device asks; without it always as itself. */
  readonly session?: (() => Session) | undefined
  /** Told of every connection and request. */
  readonly watch?: ConnectionWatch | undefined
  /** How long one request may take in all, in milliseconds; 10 s unless told. */
  readonly timeoutMs?: number
}

interface Connection {
  readonly config: GatewayConfig
  readonly client: HttpClient
  readonly readSigned: ReadSigned
  readonly verifyMessage: VerifyMessage
  enrolled: Promise<unknown> | null
}

export function createHttpGateway(options: HttpGatewayOptions): Gateway & AccountGateway {
  const state = createState()
  const time = createGatewayTime(options.clock)
  let connecting: Promise<Connection> | null = null
  const connection = () => (connecting ??= connect(options, time.offsetMs).catch(forget))
  const forget = (error: unknown): never => {
    connecting = null
    throw error
  }

  /** Every exchange goes through here, so that the state shown to people is what really happened last. */
  async function exchange<T>(act: (connection: Connection) => Promise<T>): Promise<T> {
    const connected = connection()
    try {
      const result = await act(await connected)
      state.set('ready')
      return result
    } catch (error) {
      const problem = error instanceof SignatureError ? unsigned : error instanceof GatewayError ? error.problem : null
      if (!problem) throw error
      // Whoever comes back may listen elsewhere, as a sandbox that was started again does.
      if (problem.kind === 'unreachable' && connecting === connected) connecting = null
      state.set(problem.kind === 'refused' ? 'ready' : problem.kind)
      throw error instanceof GatewayError ? error : new GatewayError(problem, { cause: error })
    }
  }

  async function readTime(to: Connection): Promise<number> {
    const nonce = options.ids.nonce()
    const { time: jws } = await to.client.call('time', { query: { nonce } })
    const claims = await to.readSigned(jws, jwsTypes.time, TimeClaimsSchema)
    if (claims.nonce !== nonce) throw new SignatureError()
    const gatewayMs = Date.parse(claims.now)
    time.learn(gatewayMs)
    return gatewayMs
  }

  /** Mends a wrong idea of the time, or a forgotten enrolment, once and then asks again. */
  function mended<T>(to: Connection, attempt: () => Promise<T>): Promise<T> {
    return attempt().catch(async (error: unknown) => {
      to.enrolled = null
      if (!isMendable(error)) throw error
      await readTime(to).catch(notSent)
      return attempt()
    })
  }

  /** Enrols once a connection. */
  function asDevice<N extends RouteName>(to: Connection, name: N, call: CallOptions) {
    return mended(to, async () => {
      to.enrolled ??= to.client.call('enrol')
      await to.enrolled.catch(notSent)
      return to.client.call(name, call)
    })
  }

  const asKey = <N extends RouteName>(to: Connection, name: N, call: CallOptions) => mended(to, () => to.client.call(name, call))

  return {
    catalogue: () => exchange((to) => to.client.call('catalogue')),
    time: () => exchange(readTime),
    now: time.now,
    latestTime: time.latest,
    state: state.get,
    onStateChanged: state.subscribe,
    readQuote: (jws) => readVerified(jws, StoredQuoteSchema),
    quote: (offerId, countIn) =>
      exchange(async (to) => {
        const { quote: jws } = await asDevice(to, 'quote', { body: { offerId, ...(countIn !== null && { countIn }) } })
        // A quote is judged by its dates. Its own `issuedAt` would not do: by that, every old quote looks new.
        if (time.isDoubtful()) await readTime(to)
        return { jws, claims: await to.readSigned(jws, jwsTypes.quote, QuoteClaimsSchema) }
      }),
    purchase: (key, body) =>
      exchange(async (to) =>
        readAnswer(to, await asDevice(to, 'purchase', { body, headers: { 'idempotency-key': key } })),
      ),
    messages: () =>
      exchange(async (to) => {
        const { messages } = await asDevice(to, 'messages', {})
        return Promise.all(messages.map((message) => readMessage(to.readSigned, to.verifyMessage, message)))
      }),
    acknowledge: (messageIds) =>
      exchange(async (to) => {
        for (const ids of chunks(messageIds, acknowledgedAtOnce)) await asDevice(to, 'acknowledge', { body: { ids } })
      }),
    chargeList: () => exchange((to) => readChargeList(to, asDevice, options.ids.nonce)),
    ...createControlsCalls({
      nonce: options.ids.nonce,
      deviceId: options.device.id,
      session: () => options.session?.(),
      exchange: (name, call, read) =>
        exchange(async (to) => read((await asDevice(to, name, call)).controls, to.readSigned)),
    }),
    stepUp: createStepUpCalls({
      deviceId: options.device.id,
      exchange: (name, call, read) => exchange(async (to) => read(await asDevice(to, name, call), to.readSigned)),
      isSignedIn: async () => (await options.session?.().isSignedIn()) ?? false,
      now: time.now,
    }),
    ...createAccountCalls({
      config: () => configured(options),
      exchange: (act) =>
        exchange((to) => act({ ...to, asKey: (name, call) => asKey(to, name, call), asDevice: (name, call) => asDevice(to, name, call) })),
    }),
    countersign: ({ logId, seq, mac, afterRestore }) =>
      exchange(async (to) => {
        const { countersignature: jws } = await asDevice(to, 'logHead', { body: { logId, seq, mac, afterRestore } })
        const claims = await to.readSigned(jws, jwsTypes.logHead, LogHeadClaimsSchema)
        if (claims.logId !== logId || claims.seq !== seq || claims.mac !== mac) throw new SignatureError()
        return { claims, jws }
      }),
    async dispute(said) {
      const own = await options.device.id()
      return exchange(async (to) => {
        const { acknowledgement: jws } = await asDevice(to, 'dispute', { body: said })
        const claims = await to.readSigned(jws, jwsTypes.dispute, DisputeClaimsSchema)
        const { deviceId, disputeId, idempotencyKey } = claims
        if (deviceId !== own || disputeId !== said.disputeId || idempotencyKey !== said.idempotencyKey) throw new SignatureError()
        return { claims, jws }
      })
    },
    purchaseByKey: (idempotencyKey) =>
      exchange(async (to) => readAnswer(to, await asDevice(to, 'purchaseByKey', { params: { idempotencyKey } }))).catch(
        nullIfNotFound,
      ),
  }
}

/** How many messages the contract takes in one acknowledgement. */
const acknowledgedAtOnce = 100

function chunks<T>(items: readonly T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, index) => items.slice(index * length, (index + 1) * length))
}

/** Throws SignatureError. The receipt in a message has its own signature, which is checked as well. */
async function readMessage(readSigned: ReadSigned, verify: VerifyMessage, message: SignedMessage): Promise<GatewayMessage> {
  const body = verify(message, MessageBodySchema)
  if (body.type !== 'purchase.succeeded') return { message, content: body }
  const claims = await readSigned(body.receipt, jwsTypes.receipt, ReceiptClaimsSchema)
  return { message, content: { ...body, receipt: { claims, jws: body.receipt } } }
}

type AsDevice = (to: Connection, name: 'chargeList', call: CallOptions) => Promise<{ readonly page: string }>

/** Page by page until the gateway says that it was the last; each has to carry on where the one before ended. */
async function readChargeList(to: Connection, asDevice: AsDevice, makeNonce: () => string): Promise<ChargeLine[]> {
  const charges: ChargeLine[] = []
  for (let after: number | null = 0; after !== null; ) {
    const nonce = makeNonce()
    const { page } = await asDevice(to, 'chargeList', { query: { nonce, after: String(after) } })
    const claims: ChargeListClaims = await to.readSigned(page, jwsTypes.chargeList, ChargeListClaimsSchema)
    const isNext: boolean = claims.next === null || claims.next > after
    if (claims.nonce !== nonce || claims.after !== after || !isNext) throw new SignatureError()
    charges.push(...claims.charges)
    after = claims.next
  }
  return charges
}

/** RFC 9449 §5 has one word for every fault of a proof, its time among them. */
function isMendable(error: unknown): boolean {
  if (!(error instanceof GatewayError) || error.problem.kind !== 'refused') return false
  const { code, oauth } = error.problem
  return code === 'clockSkew' || code === 'deviceUnknown' || oauth === 'invalid_dpop_proof'
}

const unsigned: GatewayProblem = { kind: 'signatureNotTrusted', sent: true }

/**
 * What has to come before a request failed: the request was not sent, or only where the gateway refused it as one that it
 * does not carry out.
 */
function notSent(cause: unknown): never {
  if (cause instanceof GatewayError) throw new GatewayError({ ...cause.problem, sent: false }, { cause })
  if (cause instanceof SignatureError) throw new GatewayError({ ...unsigned, sent: false }, { cause })
  throw cause
}

async function configured(options: HttpGatewayOptions): Promise<GatewayConfig> {
  const config = await options.config().catch((cause: unknown) => {
    throw new GatewayError({ kind: 'unreachable', sent: false }, { cause })
  })
  if (!config) throw new GatewayError({ kind: 'notConfigured', sent: false })
  return config
}

async function connect(options: HttpGatewayOptions, clockOffsetMs: () => number): Promise<Connection> {
  // Loaded while the gateway starts, not before the first window: undici takes longer than all other modules together.
  const [config, { createHttpClient }] = await Promise.all([configured(options), import('./http-client.ts')])
  const client = createHttpClient({ ...options, config, clockOffsetMs })
  return { config, client, readSigned: createReadSigned(config.signingKey), verifyMessage: createVerifyMessage(config.signingKey), enrolled: null }
}

async function readAnswer(
  { readSigned }: Connection,
  answer: v.InferOutput<typeof PurchaseResponseSchema>,
): Promise<PurchaseAnswer> {
  if (answer.status !== 'succeeded') return answer
  const claims = await readSigned(answer.receipt, jwsTypes.receipt, ReceiptClaimsSchema)
  return { status: 'succeeded', receipt: { claims, jws: answer.receipt } }
}

function nullIfNotFound(error: unknown): null {
  const problem = error instanceof GatewayError ? error.problem : null
  if (problem?.kind === 'refused' && problem.code === 'purchaseNotFound') return null
  throw error
}

function createState() {
  let current: GatewayState = 'starting'
  const listeners = new Set<(state: GatewayState) => void>()
  return {
    get: () => current,
    set(next: GatewayState) {
      if (next === current) return
      current = next
      for (const listener of listeners) listener(next)
    },
    subscribe(listener: (state: GatewayState) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
