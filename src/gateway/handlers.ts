import { jwsTypes, type TimeClaims } from '../contract/http/claims.ts'
import type { Devices } from './devices.ts'
import { instant } from './environment.ts'
import type { Handlers, PublicRouteName } from './http/route-types.ts'
import type { AccountRouteName } from './oauth/account-handlers.ts'
import type { OAuthRouteName } from './oauth/oauth-handlers.ts'
import { signJws } from './jws.ts'
import type { SigningKey } from './keys/signing-key.ts'
import { problem } from './problems.ts'
import type { Faults } from './sandbox/faults.ts'
import type { createChargeList } from './shop/charge-list.ts'
import type { KeptControls } from './shop/controls.ts'
import type { Disputes } from './shop/disputes.ts'
import type { createLogHeads } from './shop/log-heads.ts'
import type { Messages } from './shop/messages.ts'
import type { Purchases } from './shop/purchases.ts'
import type { IssueQuote } from './shop/quotes.ts'
import type { Shelf } from './shop/shelf.ts'
import type { UnderWay } from './shop/under-way.ts'

export interface HandlerParts {
  readonly now: () => number
  readonly signingKey: SigningKey
  readonly shelf: Shelf
  readonly devices: Devices
  readonly issueQuote: IssueQuote
  readonly purchases: Purchases
  readonly messages: Messages
  readonly chargeList: ReturnType<typeof createChargeList>
  readonly logHead: ReturnType<typeof createLogHeads>
  readonly disputes: Disputes
  readonly controls: KeptControls
  readonly underWay: UnderWay
  /** Runs the money routes, in sandbox mode under the tester's faults. */
  readonly around: Faults['around']
  readonly raisePrice: (offerId: string) => void
}

type ShopRouteName = Exclude<PublicRouteName, OAuthRouteName | AccountRouteName>

/** The routes that every client may call, but for those about accounts: each is the step from its parsed input to the part that does the work. */
export function createHandlers(parts: HandlerParts): Handlers<ShopRouteName> {
  const { now, signingKey, shelf, devices, issueQuote, purchases, messages, chargeList, logHead, disputes } = parts
  const { controls, underWay, around, raisePrice } = parts
  return {
    catalogue: () => shelf.catalogue(),
    async time({ query }) {
      const claims: TimeClaims = { now: instant(now()), nonce: query.nonce }
      return { time: await signJws(signingKey, jwsTypes.time, claims) }
    },
    async enrol({ device }) {
      await devices.enrol(device)
      return { deviceId: device.deviceId }
    },
    quote({ device: { deviceId }, account, body: { offerId, countIn }, hangUp }) {
      const tools = { hangUp, raisePrice: () => raisePrice(offerId) }
      return around('quote', tools, async ({ quoteLifetimeMs: lifetimeMs }) => ({
        quote: await issueQuote({ deviceId, offerId, account, ...(countIn && { countIn }), ...(lifetimeMs !== undefined && { lifetimeMs }) }),
      }))
    },
    purchase({ device, account, headers, body, bodyDigest, hangUp }) {
      const idempotencyKey = headers['idempotency-key']
      const order = { device, account, idempotencyKey, request: body, requestDigest: bodyDigest }
      const tools = { hangUp, raisePrice: () => {} }
      return underWay.during(device.deviceId, idempotencyKey, () =>
        around('purchase', tools, ({ declineReason }) =>
          purchases.purchase({ ...order, ...(declineReason && { declineReason }) }),
        ),
      )
    },
    async purchaseByKey({ device: { deviceId }, params: { idempotencyKey } }) {
      // Looked at before the store: a purchase that is decided in between is then found there.
      const isUnderWay = underWay.has(deviceId, idempotencyKey)
      const decided = await purchases.find(deviceId, idempotencyKey)
      if (decided) return decided
      if (isUnderWay) return { status: 'pending' }
      throw problem('purchaseNotFound')
    },
    messages({ device: { deviceId }, hangUp }) {
      const tools = { hangUp, raisePrice: () => {} }
      return around('messages', tools, ({ allMessages }) => messages.list(deviceId, allMessages))
    },
    async acknowledge({ device: { deviceId }, body: { ids } }) {
      await messages.acknowledge(deviceId, ids)
      return {}
    },
    async chargeList({ device: { deviceId }, query: { nonce, after } }) {
      return { page: await chargeList({ deviceId, nonce, after: Number(after) }) }
    },
    async logHead({ device: { deviceId }, body }) {
      return { countersignature: await logHead(deviceId, body) }
    },
    async dispute({ device: { deviceId }, body }) {
      return { acknowledgement: await disputes.open(deviceId, body) }
    },
    controls: async ({ device: { deviceId }, account, query: { nonce } }) => ({ controls: await controls.state({ deviceId, account }, nonce) }),
    tighten: async ({ device: { deviceId }, account, body: { nonce, controls: posted } }) => ({
      controls: await controls.ask({ deviceId, account }, nonce, { kind: 'tighten', controls: posted }),
    }),
    askLoosening: async ({ device: { deviceId }, account, body: { nonce, changeId, change, stepUp } }) => ({
      controls: await controls.ask({ deviceId, account }, nonce, { kind: 'askLoosening', changeId, change }, stepUp),
    }),
    confirmLoosening: async ({ device: { deviceId }, account, params: { changeId }, body: { nonce } }) => ({
      controls: await controls.ask({ deviceId, account }, nonce, { kind: 'confirmLoosening', changeId }),
    }),
    withdrawLoosening: async ({ device: { deviceId }, account, params: { changeId }, body: { nonce } }) => ({
      controls: await controls.ask({ deviceId, account }, nonce, { kind: 'withdrawLoosening', changeId }),
    }),
    askReturn: async ({ device: { deviceId }, account, body: { nonce, memberId } }) => ({
      controls: await controls.ask({ deviceId, account }, nonce, { kind: 'askReturn', memberId }),
    }),
  }
}
