/** What the fake gateway does to charges after they were made, and the messages that tell of it. Unsigned, in memory. */
import type { DisputeOutcome } from '../../src/contract/dispute.ts'
import type { DisputeClaims } from '../../src/contract/http/claims.ts'
import type { DisputeRequest, MessageBody } from '../../src/contract/http/messages.ts'
import type { SignedMessage } from '../../src/domain/events.ts'
import type { GatewayMessage } from '../../src/domain/gateway-message.ts'
import type { ChargeLine } from '../../src/domain/reconciliation.ts'
import type { PurchaseAnswer, TakenDispute } from '../../src/main/ports/gateway.ts'
import { fakeDeviceId } from './fake-device.ts'
import { refused } from './fake-gateway-controls.ts'
import { unsignedToken } from './tokens.ts'

type Receipt = Extract<PurchaseAnswer, { status: 'succeeded' }>['receipt']

interface Account {
  readonly receipt: Receipt
  sequence: number
  refunded: bigint
  chargeback: { readonly id: string; readonly amount: bigint } | null
  readonly disputes: { readonly claims: DisputeClaims; isClosed: boolean }[]
}

export function createFakeMail(now: () => number) {
  const accounts = new Map<string, Account>()
  const messages: GatewayMessage[] = []
  const acknowledged = new Set<string>()
  const at = () => new Date(now()).toISOString()

  function tell(body: MessageBody, receipt?: Receipt): string {
    const id = `msg-${messages.length + 1}`
    const message: SignedMessage = { id, timestamp: Math.floor(now() / 1000), body: JSON.stringify(body), signature: `v1a,${'A'.repeat(86)}==` }
    const content = body.type === 'purchase.succeeded' && receipt ? { ...body, receipt } : body
    messages.push({ message, content: content as GatewayMessage['content'] })
    return id
  }

  function accountOf(key: string): Account {
    const account = accounts.get(key)
    if (!account) throw new Error(`nothing was charged under ${key}`)
    return account
  }

  const leftOf = ({ receipt, refunded, chargeback }: Account) =>
    BigInt(receipt.claims.price.amount) - refunded - (chargeback?.amount ?? 0n)

  const about = (key: string, account: Account) => ({ idempotencyKey: key, sequence: ++account.sequence })

  function refund(key: string, amount?: bigint): string {
    const account = accountOf(key)
    const back = amount ?? leftOf(account)
    if (back <= 0n || back > leftOf(account)) throw new RangeError('more than is left')
    account.refunded += back
    const money = { amount: String(back), currency: account.receipt.claims.price.currency }
    return tell({ type: 'purchase.refunded', ...about(key, account), refundId: `refund-${messages.length}`, amount: money, refundedAt: at() })
  }

  return {
    messages,
    /** Every charge is told of, too. */
    charged(receipt: Receipt): void {
      const key = receipt.claims.idempotencyKey
      accounts.set(key, { receipt, sequence: 1, refunded: 0n, chargeback: null, disputes: [] })
      tell({ type: 'purchase.succeeded', idempotencyKey: key, sequence: 1, receipt: receipt.jws }, receipt)
    },
    /** All that is left unless told how much, in minor units. */
    refund,
    dispute({ disputeId, idempotencyKey, reason, note }: DisputeRequest): TakenDispute {
      const account = accounts.get(idempotencyKey)
      if (!account) throw refused('purchaseNotFound')
      const same = account.disputes.find(({ claims }) => claims.disputeId === disputeId)
      if (same?.isClosed) throw refused('disputeClosed')
      if (!same && account.disputes.some(({ isClosed }) => !isClosed)) throw refused('disputeOpen')
      const fresh = { deviceId: fakeDeviceId, disputeId, idempotencyKey, reason, ...(note !== undefined && { note }), openedAt: at() }
      const claims = same?.claims ?? fresh
      if (!same) account.disputes.push({ claims, isClosed: false })
      return { claims, jws: unsignedToken('tuppence-dispute+jws', claims) }
    },
    decideDispute(key: string, outcome: DisputeOutcome): string {
      const account = accountOf(key)
      const open = account.disputes.find(({ isClosed }) => !isClosed)
      if (!open) throw refused('disputeUnknown')
      open.isClosed = true
      if (outcome === 'refunded' && leftOf(account) > 0n) refund(key)
      return tell({ type: 'dispute.closed', idempotencyKey: key, disputeId: open.claims.disputeId, outcome, closedAt: at() })
    },
    chargeBack(key: string): string {
      const account = accountOf(key)
      if (account.chargeback || leftOf(account) === 0n) throw new RangeError('nothing to charge back')
      account.chargeback = { id: `chargeback-${messages.length}`, amount: leftOf(account) }
      const { id: chargebackId, amount } = account.chargeback
      const money = { amount: String(amount), currency: account.receipt.claims.price.currency }
      return tell({ type: 'purchase.chargedBack', ...about(key, account), chargebackId, amount: money, chargedBackAt: at() })
    },
    reverseChargeback(key: string): string {
      const account = accountOf(key)
      if (!account.chargeback) throw new RangeError('no chargeback stands')
      const { id: chargebackId } = account.chargeback
      account.chargeback = null
      return tell({ type: 'purchase.chargebackReversed', ...about(key, account), chargebackId, reversedAt: at() })
    },
    waiting: () => messages.filter(({ message }) => !acknowledged.has(message.id)).slice(0, 100),
    acknowledge(ids: readonly string[]): void {
      for (const id of ids) acknowledged.add(id)
    },
    chargeList: (): ChargeLine[] =>
      [...accounts].map(([idempotencyKey, { receipt, refunded, chargeback }]) => ({
        idempotencyKey,
        receiptNumber: receipt.claims.receiptNumber,
        price: receipt.claims.price,
        refunded: String(refunded),
        chargedBack: String(chargeback?.amount ?? 0n),
        chargedAt: receipt.claims.chargedAt,
      })),
  }
}
