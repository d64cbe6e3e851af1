import type { LogHeadClaims, QuoteClaims, ReceiptClaims } from '../../src/contract/http/claims.ts'
import type { PurchaseRequest } from '../../src/contract/http/messages.ts'
import type { SharedControls } from '../../src/domain/controls.ts'
import type { GatewayMessage } from '../../src/domain/gateway-message.ts'
import type { Money } from '../../src/domain/money.ts'
import type { ChargeLine } from '../../src/domain/reconciliation.ts'
import { createGatewayTime } from '../../src/main/adapters/gateway/gateway-time.ts'
import type { Clock } from '../../src/main/ports/clock.ts'
import {
  type Gateway,
  GatewayError,
  type GatewayProblem,
  type GatewayState,
  type PurchaseAnswer,
} from '../../src/main/ports/gateway.ts'
import { fakeDeviceId } from './fake-device.ts'
import type { createFakeMail } from './fake-gateway-mail.ts'
import { refused } from './fake-gateway-controls.ts'
import { createFakeShop, type FakeCharge, signReceipt } from './fake-gateway-shop.ts'
import type { createFakeStepUp } from './fake-gateway-step-up.ts'
import { claimsOf, unsignedToken } from './tokens.ts'

type Operation =
  | 'catalogue'
  | 'quote'
  | 'purchase'
  | 'purchaseByKey'
  | 'time'
  | 'messages'
  | 'acknowledge'
  | 'chargeList'
  | 'countersign'
  | 'dispute'
  | 'controls'
  | 'tighten'
  | 'askLoosening'
  | 'confirmLoosening'
  | 'withdrawLoosening'
  | 'askReturn'
  | 'account'
  | 'sendStepUpCode'
  | 'stepUp'

/** What becomes of one purchase request, other than being decided and answered. */
export type PurchaseFate =
  | 'decline'
  /** Sent, and never arrives. */
  | 'requestLost'
  /** Sent, and arrives only when the test calls `deliverLate`. */
  | 'requestLate'
  /** Decided, but the answer gets lost. */
  | 'answerLost'
  /** Decided, and this process never hears of it nor gives up: for tests that then start a new one. */
  | 'silence'
  /** Accepted and not decided before `deliverLate`. */
  | 'pending'
  /** Decided, but the receipt's signature does not verify. */
  | 'receiptForged'
  | { readonly receipt: (claims: ReceiptClaims) => ReceiptClaims }

export interface FakeGateway extends Gateway {
  /** Every operation that was asked for, oldest first: `quote lamp-oil`, `purchase key-4`. */
  readonly calls: string[]
  readonly charges: readonly FakeCharge[]
  /** The next call of the operation fails like this and reaches nothing; `lasting` for all until `mend`. */
  fail(operation: Operation, problem: GatewayProblem | Error, options?: { readonly lasting: boolean }): void
  /** The next purchase request meets this. */
  meet(fate: PurchaseFate): void
  alterNextQuote(changes: Partial<QuoteClaims>): void
  deliverLate(): void
  setPrice(offerId: string, amount: string): void
  /** Called at the start of the next call of this operation, before anything is done. */
  before(operation: Operation, act: () => void): void
  /** Refunds, disputes, and every message there has been. */
  readonly mail: Omit<ReturnType<typeof createFakeMail>, 'acknowledge' | 'chargeList' | 'charged' | 'dispute'>
  /** The account that this device is signed in to, and the codes that were sent. */
  readonly accounts: Pick<ReturnType<typeof createFakeStepUp>, 'account' | 'knows' | 'sent' | 'signIn' | 'signOut'>
  /** What other devices of the same funding source post and pay. */
  readonly elsewhere: { tighten(controls: SharedControls): void; spend(sellerId: string, money: Money, memberId?: string): void }
  /** Changes what the next call of `messages` brings. */
  deliverNext(change: (messages: readonly GatewayMessage[]) => readonly GatewayMessage[]): void
  /** Changes what the next call of `chargeList` brings. */
  listNext(change: (charges: readonly ChargeLine[]) => readonly ChargeLine[]): void
  /** Every head that was countersigned, oldest first. */
  readonly heads: LogHeadClaims[]
  /** The client has asked for the time, without a trace in `calls`. */
  tellTime(): void
  /** Ends all faults; late requests stay on their way. */
  mend(): void
}

export const lostProblem: GatewayProblem = { kind: 'unreachable', sent: true }
export const notSentProblem: GatewayProblem = { kind: 'unreachable', sent: false }
export const unsignedProblem: GatewayProblem = { kind: 'signatureNotTrusted', sent: true }

/** The gateway in memory, with its own rules about charging and with faults that a test scripts. */
export function createFakeGateway({ now, clock }: {
  readonly now: () => number
  /** The client's, by which it carries on what the gateway told it. */
  readonly clock: Clock
}): FakeGateway {
  const known = createGatewayTime(clock)
  const shop = createFakeShop(now)
  const calls: string[] = []
  const faults = new Map<Operation, { readonly error: Error; readonly lasting: boolean }>()
  const hooks = new Map<Operation, () => void>()
  const listeners = new Set<(state: GatewayState) => void>()
  const pending = new Set<string>()
  let late: (() => void)[] = []
  let fate: PurchaseFate | null = null
  let quoteChanges: Partial<QuoteClaims> = {}
  let state: GatewayState = 'starting'
  let changeMessages = (messages: readonly GatewayMessage[]) => messages
  let changeList = (charges: readonly ChargeLine[]) => charges
  const heads: LogHeadClaims[] = []

  function setState(next: GatewayState): void {
    if (next === state) return
    state = next
    for (const listener of listeners) listener(next)
  }

  async function exchange<T>(operation: Operation, subject: string, act: () => T): Promise<Awaited<T>> {
    calls.push(`${operation} ${subject}`.trimEnd())
    const hook = hooks.get(operation)
    hooks.delete(operation)
    hook?.()
    await Promise.resolve()
    try {
      const fault = faults.get(operation)
      if (fault && !fault.lasting) faults.delete(operation)
      if (fault) throw fault.error
      const result = await act()
      setState('ready')
      return result
    } catch (error) {
      if (error instanceof GatewayError) setState(error.problem.kind === 'refused' ? 'ready' : error.problem.kind)
      throw error
    }
  }

  /** A request that arrives late and is refused then has no one to tell it to. */
  function postpone(key: string, body: PurchaseRequest): void {
    late.push(() => {
      pending.delete(key)
      try {
        shop.decide(key, body, false)
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error
      }
    })
  }

  function purchase(key: string, body: PurchaseRequest): PurchaseAnswer | Promise<PurchaseAnswer> {
    const met = fate
    fate = null
    if (met === 'requestLost') throw new GatewayError(lostProblem)
    if (met === 'requestLate' || met === 'pending') postpone(key, body)
    if (met === 'requestLate') throw new GatewayError(lostProblem)
    if (met === 'pending') pending.add(key)
    if (met === 'pending') return { status: 'pending' }
    const answer = shop.decide(key, body, met === 'decline')
    if (met === 'answerLost') throw new GatewayError(lostProblem)
    if (met === 'receiptForged') throw new GatewayError(unsignedProblem)
    if (met === 'silence') return new Promise(() => {})
    if (met === null || met === 'decline' || answer.status !== 'succeeded') return answer
    return { status: 'succeeded', receipt: signReceipt(met.receipt(answer.receipt.claims)) }
  }

  function quote(offerId: string, countIn: string | null) {
    const changes = quoteChanges
    quoteChanges = {}
    return shop.quote(offerId, countIn, (claims) => ({ ...claims, ...changes }))
  }

  const time = () =>
    exchange('time', '', () => {
      known.learn(now())
      return now()
    })

  function countersign({ afterRestore, logId, seq, mac }: Parameters<Gateway['countersign']>[0]) {
    const newest = heads.findLast((head) => head.logId === logId)
    const isBehind = newest && (seq < newest.seq || (seq === newest.seq && mac !== newest.mac))
    if (isBehind && !afterRestore) throw refused('logRolledBack')
    const previous = newest ? { seq: newest.seq, mac: newest.mac } : null
    const claims = { deviceId: fakeDeviceId, logId, seq, mac, at: new Date(now()).toISOString(), previous }
    heads.push(claims)
    return { claims, jws: unsignedToken('tuppence-log-head+jws', claims) }
  }

  return {
    calls,
    charges: shop.charges,
    mail: shop.mail,
    accounts: shop.stepUp,
    elsewhere: {
      tighten: (controls) => void shop.controls.ask({ kind: 'tighten', controls }),
      spend: shop.controls.spend,
    },
    heads,
    deliverNext: (change) => void (changeMessages = change),
    listNext: (change) => void (changeList = change),
    fail(operation, problem, { lasting } = { lasting: false }) {
      faults.set(operation, { error: problem instanceof Error ? problem : new GatewayError(problem), lasting })
    },
    meet(next) {
      fate = next
    },
    alterNextQuote(changes) {
      quoteChanges = changes
    },
    deliverLate() {
      const due = late
      late = []
      for (const arrive of due) arrive()
    },
    setPrice: shop.setPrice,
    before: (operation, act) => void hooks.set(operation, act),
    mend() {
      faults.clear()
      hooks.clear()
      fate = null
      quoteChanges = {}
      changeMessages = (messages) => messages
      changeList = (charges) => charges
    },
    catalogue: () => exchange('catalogue', '', shop.catalogue),
    async quote(offerId, countIn) {
      const quoted = await exchange('quote', offerId, () => quote(offerId, countIn))
      if (known.isDoubtful()) await time()
      return quoted
    },
    purchase: (key, body) => exchange('purchase', key, () => purchase(key, body)),
    purchaseByKey: (key) =>
      exchange('purchaseByKey', key, () => (pending.has(key) ? { status: 'pending' as const } : shop.decision(key))),
    messages: () =>
      exchange('messages', '', () => {
        const change = changeMessages
        changeMessages = (messages) => messages
        return change(shop.mail.waiting())
      }),
    acknowledge: (ids) => exchange('acknowledge', ids.join(' '), () => shop.mail.acknowledge(ids)),
    chargeList: () =>
      exchange('chargeList', '', () => {
        const change = changeList
        changeList = (charges) => charges
        return change(shop.mail.chargeList())
      }),
    dispute: (said) => exchange('dispute', `${said.disputeId} ${said.reason}`, () => shop.mail.dispute(said)),
    controls: () => exchange('controls', '', () => shop.controls.state()),
    tighten: (controls) => exchange('tighten', '', () => shop.controls.ask({ kind: 'tighten', controls })),
    askLoosening: (asked) =>
      exchange('askLoosening', asked.changeId, () => {
        const { changeId, change } = asked
        shop.stepUp.assertLoosening(asked)
        return shop.controls.ask({ kind: 'askLoosening', changeId, change })
      }),
    confirmLoosening: (changeId) =>
      exchange('confirmLoosening', changeId, () => shop.controls.ask({ kind: 'confirmLoosening', changeId })),
    withdrawLoosening: (changeId) =>
      exchange('withdrawLoosening', changeId, () => shop.controls.ask({ kind: 'withdrawLoosening', changeId })),
    askReturn: (memberId) =>
      exchange('askReturn', memberId ?? '', () => shop.controls.ask({ kind: 'askReturn', memberId: memberId ?? undefined })),
    countersign: (head) => exchange('countersign', String(head.seq), () => countersign(head)),
    stepUp: {
      // Nothing is asked of anybody where nobody is signed in.
      account: async () => (shop.stepUp.account() ? exchange('account', '', shop.stepUp.account) : null),
      sendCode: (asked) => exchange('sendStepUpCode', asked.method, () => shop.stepUp.sendCode(asked)),
      give: ({ digest, method, code }) => exchange('stepUp', method, () => shop.stepUp.give({ digest, method, code })),
    },
    readQuote(jws) {
      const { quoteId, expiresAt } = claimsOf(jws) as QuoteClaims
      return { quoteId, expiresAt }
    },
    time,
    now: known.now,
    latestTime: known.latest,
    tellTime: () => known.learn(now()),
    state: () => state,
    onStateChanged(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
