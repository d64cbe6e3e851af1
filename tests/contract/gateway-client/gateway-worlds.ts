/** The two sides of the suite: the gateway in memory, and the real client against the real server over pinned TLS. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGateway } from '../../../src/gateway/create-gateway.ts'
import { createVaultDevice } from '../../../src/main/adapters/device/vault-device.ts'
import { createHttpGateway } from '../../../src/main/adapters/gateway/http-gateway.ts'
import { createRandomIds } from '../../../src/main/adapters/system/random-ids.ts'
import type { Device } from '../../../src/main/ports/device.ts'
import type { Gateway } from '../../../src/main/ports/gateway.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { createFakeDevice } from '../../support/fake-device.ts'
import { createFakeGateway, lostProblem, notSentProblem, unsignedProblem } from '../../support/fake-gateway.ts'
import { smallCatalogue } from '../../support/fake-offers.ts'
import { createFakeVault } from '../../support/fake-vault.ts'
import { createGatewayClient } from '../../support/gateway-client.ts'

export interface Charged {
  readonly idempotencyKey: string
  readonly offerId: string
  readonly amount: string
  readonly currency: string
}

export interface GatewayWorld {
  readonly gateway: Gateway
  readonly device: Device
  now(): number
  /** Time passes for both sides. */
  advance(ms: number): void
  /** This computer sleeps, and the gateway does not. */
  suspend(ms: number): void
  meet(fate: 'decline' | 'requestLost' | 'answerLost' | 'receiptForged'): Promise<void>
  forgeNextQuote(): Promise<void>
  /** The price of the next offer that is quoted rises right after. */
  raisePriceAfterQuote(): Promise<void>
  /** Gives back so much of a charge, or all that is left; undoes one by a dispute; undoes that. */
  afterwards(act: 'refund' | 'chargeBack' | 'reverseChargeback', idempotencyKey: string, amount?: bigint): Promise<void>
  decideDispute(idempotencyKey: string, outcome: 'refunded' | 'refused'): Promise<void>
  /** The next messages are delivered like this. */
  deliver(how: 'lost' | 'repeated' | 'reversed'): Promise<void>
  charges(): Promise<readonly Charged[]>
  goOffline(): Promise<void>
  close(): Promise<void>
}

export async function fakeWorld(): Promise<GatewayWorld> {
  const clock = createFakeClock()
  const gateway = createFakeGateway({ now: clock.now, clock })
  const operations = [
    ...(['catalogue', 'quote', 'purchase', 'purchaseByKey', 'time', 'messages', 'acknowledge', 'chargeList', 'countersign', 'dispute'] as const),
    ...(['controls', 'tighten', 'askLoosening', 'confirmLoosening', 'withdrawLoosening', 'askReturn'] as const),
  ]
  return {
    gateway,
    device: createFakeDevice(),
    now: clock.now,
    advance: clock.advance,
    suspend: clock.suspend,
    async meet(fate) {
      if (fate === 'requestLost') gateway.fail('purchase', lostProblem)
      else gateway.meet(fate)
    },
    forgeNextQuote: async () => gateway.fail('quote', unsignedProblem),
    async raisePriceAfterQuote() {
      const { quote } = gateway
      Object.assign(gateway, {
        async quote(offerId: string, countIn: string | null) {
          const quoted = await quote(offerId, countIn)
          gateway.setPrice(offerId, '109')
          return quoted
        },
      })
    },
    async afterwards(act, key, amount) {
      gateway.mail[act](key, amount)
    },
    async decideDispute(key, outcome) {
      gateway.mail.decideDispute(key, outcome)
    },
    async deliver(how) {
      gateway.deliverNext((waiting) => {
        if (how === 'lost') return []
        return how === 'repeated' ? gateway.mail.messages : waiting.toReversed()
      })
    },
    charges: async () => gateway.charges,
    async goOffline() {
      for (const operation of operations) gateway.fail(operation, notSentProblem, { lasting: true })
    },
    close: async () => {},
  }
}

const faultOf = {
  decline: { kind: 'decline' },
  requestLost: { kind: 'timeoutBeforeCharge', delayMs: 0 },
  answerLost: { kind: 'timeoutAfterCharge', delayMs: 0 },
  receiptForged: { kind: 'receiptWrongSignature' },
} as const

export async function realWorld(): Promise<GatewayWorld> {
  const clock = createFakeClock(Date.now())
  const dataDir = mkdtempSync(join(tmpdir(), 'tuppence-gateway-client-'))
  const server = await createGateway({ dataDir, catalogue: smallCatalogue, mode: 'sandbox', now: clock.now })
  const tester = createGatewayClient(server, clock.now)
  const device = createVaultDevice({ vault: createFakeVault(), mayCreateKey: () => true })
  const { url, pin, signingKey } = server
  const config = async () => ({ url, pins: [pin], signingKey })
  const gateway = createHttpGateway({ clock, device, ids: createRandomIds(), config, mustChain: false })
  let isOnline = true
  async function control(path: string, body: object): Promise<void> {
    const headers = { authorization: `Bearer ${server.controlToken}` }
    const answer = await tester.send(`/sandbox/${path}`, { method: 'POST', headers, body })
    if (answer.status !== 200) throw new Error(`refused: ${JSON.stringify(answer.body)}`)
  }
  async function goOffline(): Promise<void> {
    if (!isOnline) return
    isOnline = false
    await tester.close()
    await server.close()
  }
  return {
    gateway,
    device,
    now: clock.now,
    advance: clock.advance,
    suspend: clock.suspend,
    meet: (fate) => tester.setFaults(faultOf[fate]),
    forgeNextQuote: () => tester.setFaults({ kind: 'quoteWrongSignature' }),
    raisePriceAfterQuote: () => tester.setFaults({ kind: 'priceChangeAfterQuote' }),
    decideDispute: (idempotencyKey, outcome) => control('disputes/decisions', { idempotencyKey, outcome }),
    async afterwards(act, idempotencyKey, amount) {
      const paths = { refund: 'refunds', chargeBack: 'chargebacks', reverseChargeback: 'chargebacks/reversals' } as const
      await control(paths[act], { idempotencyKey, ...(amount !== undefined && { amount: String(amount) }) })
    },
    deliver: (how) => tester.setFaults({ kind: ({ lost: 'messagesLost', repeated: 'messagesRepeated', reversed: 'messagesReversed' } as const)[how] }),
    charges: () => tester.charges(),
    goOffline,
    async close() {
      await goOffline()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
