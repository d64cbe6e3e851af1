/**
 * The gateway with its own durable records, behind a network that loses, delays, repeats and spoils what is sent through
 * it. Its rules are those of the fake gateway, which are held to the real one's by a suite of their own.
 */
import type { PurchaseRequest } from '../../src/contract/http/messages.ts'
import { createGatewayTime } from '../../src/main/adapters/gateway/gateway-time.ts'
import type { Clock } from '../../src/main/ports/clock.ts'
import { type Gateway, GatewayError, type GatewayProblem } from '../../src/main/ports/gateway.ts'
import { refused } from '../support/fake-gateway-controls.ts'
import { createFakeShop } from '../support/fake-gateway-shop.ts'
import { fakeDeviceId } from '../support/fake-device.ts'
import { claimsOf, unsignedToken } from '../support/tokens.ts'
import type { Coverage } from './coverage.ts'
import type { Scheduler } from './scheduler.ts'

type Shop = ReturnType<typeof createFakeShop>
type Head = Parameters<Gateway['countersign']>[0]

export interface SimGateway {
  readonly shop: Shop
  /** The gateway as one process of the client reaches it. */
  portFor(life: number, clock: Clock): Gateway
  /** Keys whose decision the client has heard by asking for them. */
  readonly askedFor: ReadonlySet<string>
  /** Loses what it was working on, and nothing that it has decided. */
  restart(): void
}

export interface SimGatewayOptions {
  readonly scheduler: Scheduler
  readonly coverage: Coverage
  /** The gateway's own clock, milliseconds since the epoch. */
  readonly now: () => number
  /** Told right before the first byte of a purchase request leaves. */
  readonly onSending: (key: string, body: PurchaseRequest) => void
}

const lost: GatewayProblem = { kind: 'unreachable', sent: true }
const notSent: GatewayProblem = { kind: 'unreachable', sent: false }
const unsigned: GatewayProblem = { kind: 'signatureNotTrusted', sent: true }

export function createSimGateway({ scheduler, coverage, now, onSending }: SimGatewayOptions): SimGateway {
  const shop = createFakeShop(now)
  const askedFor = new Set<string>()
  const heads: (Head & { readonly at: string })[] = []
  /** What is at the gateway at this moment; a restart makes a new list, and the old one comes to nothing. */
  let lifeOfGateway = 0

  function countersign({ logId, seq, mac, afterRestore }: Head) {
    const newest = heads.findLast((head) => head.logId === logId)
    if (newest && !afterRestore && (seq < newest.seq || (seq === newest.seq && mac !== newest.mac))) throw refused('logRolledBack')
    const previous = newest ? { seq: newest.seq, mac: newest.mac } : null
    const at = new Date(now()).toISOString()
    heads.push({ logId, seq, mac, afterRestore, at })
    const claims = { deviceId: fakeDeviceId, logId, seq, mac, at, previous }
    return { claims, jws: unsignedToken('tuppence-log-head+jws', claims) }
  }

  /** One exchange: the request travels, is carried out, and its answer travels back; or any of that fails. */
  function exchange<T>(name: string, life: number, carryOut: () => T): Promise<T> {
    if (scheduler.strikes(25)) return Promise.reject(new GatewayError(notSent))
    return new Promise<T>((resolve, reject) => {
      let isGivenUp = false
      const giveUp = () => {
        isGivenUp = true
        reject(new GatewayError(lost))
      }
      function answer(result: () => T): void {
        if (scheduler.strikes(25)) {
          coverage.count('answer lost')
          return scheduler.later(`${name}: given up`, life, giveUp)
        }
        const isForged = scheduler.strikes(40)
        scheduler.later(`${name}: answer`, life, () => {
          if (isForged) coverage.count('answer forged')
          if (isForged) return reject(new GatewayError(unsigned))
          try {
            resolve(result())
          } catch (error) {
            reject(error as Error)
          }
        })
      }
      function arrive(): void {
        const hosting = lifeOfGateway
        if (isGivenUp) coverage.count('request delivered after it was given up')
        const outcome = settledResult(carryOut)
        if (scheduler.strikes(40)) {
          coverage.count('request delivered twice')
          settledResult(carryOut)
        }
        if (hosting === lifeOfGateway) answer(outcome)
      }
      if (scheduler.strikes(25)) {
        coverage.count('request lost')
        return scheduler.later(`${name}: given up`, life, giveUp)
      }
      // What is on its way arrives whatever becomes of who sent it.
      scheduler.later(`${name}: arrives`, null, arrive)
      if (scheduler.strikes(25)) scheduler.later(`${name}: given up early`, life, giveUp)
    })
  }

  function purchase(key: string, body: PurchaseRequest) {
    const [charges, isNew] = [shop.charges.length, shop.decision(key) === null]
    const answer = shop.decide(key, body, isNew && scheduler.strikes(12))
    if (shop.charges.length > charges) coverage.count('charge')
    else if (isNew) coverage.count('decline')
    return answer
  }

  return {
    shop,
    askedFor,
    restart: () => void (lifeOfGateway += 1),
    portFor(life, clock) {
      const known = createGatewayTime(clock)
      const time = () =>
        exchange('time', life, now).then((nowMs) => {
          known.learn(nowMs)
          return nowMs
        })
      return {
        time,
        now: known.now,
        latestTime: known.latest,
        catalogue: () => exchange('catalogue', life, shop.catalogue),
        async quote(offerId, countIn) {
          const quoted = await exchange('quote', life, () => shop.quote(offerId, countIn, (claims) => claims))
          if (known.isDoubtful()) await time()
          return quoted
        },
        purchase(key, body) {
          onSending(key, body)
          return exchange(`purchase ${key}`, life, () => purchase(key, body))
        },
        async purchaseByKey(key) {
          const decision = await exchange(`purchase by key ${key}`, life, () => shop.decision(key))
          if (decision) askedFor.add(key)
          return decision
        },
        messages: () =>
          exchange('messages', life, () => {
            if (!scheduler.strikes(6)) return shop.mail.waiting()
            coverage.count('message delivered again')
            return scheduler.random.below(2) === 0 ? [...shop.mail.messages, ...shop.mail.messages].toReversed() : shop.mail.messages
          }),
        acknowledge: (ids) => exchange('acknowledge', life, () => shop.mail.acknowledge(ids)),
        chargeList: () => exchange('charge list', life, shop.mail.chargeList),
        dispute: (said) => exchange('dispute', life, () => shop.mail.dispute(said)),
        controls: () => exchange('controls', life, () => shop.controls.state()),
        tighten: (controls) => exchange('tighten', life, () => shop.controls.ask({ kind: 'tighten', controls })),
        askLoosening: ({ changeId, change }) =>
          exchange('ask for loosening', life, () => shop.controls.ask({ kind: 'askLoosening', changeId, change })),
        confirmLoosening: (changeId) =>
          exchange('confirm loosening', life, () => shop.controls.ask({ kind: 'confirmLoosening', changeId })),
        withdrawLoosening: (changeId) =>
          exchange('withdraw loosening', life, () => shop.controls.ask({ kind: 'withdrawLoosening', changeId })),
        askReturn: (memberId) => exchange('ask for return', life, () => shop.controls.ask({ kind: 'askReturn', memberId: memberId ?? undefined })),
        countersign: (head) => exchange('countersign', life, () => countersign(head)),
        stepUp: {
          account: async () => (shop.stepUp.account() ? exchange('account', life, shop.stepUp.account) : null),
          sendCode: (asked) => exchange('send a code', life, () => shop.stepUp.sendCode(asked)),
          give: ({ digest, method, code }) => exchange('step up', life, () => shop.stepUp.give({ digest, method, code })),
        },
        readQuote: (jws) => claimsOf(jws) as { quoteId: string; expiresAt: string },
        state: () => 'ready',
        onStateChanged: () => () => {},
      }
    },
  }
}

/** What came of it, to be told later: a refusal is an answer like any other. */
function settledResult<T>(work: () => T): () => T {
  try {
    const result = work()
    return () => result
  } catch (error) {
    return () => {
      throw error
    }
  }
}
