import * as v from 'valibot'
import type { Scope } from '../account.ts'
import { CatalogueSchema } from '../catalogue.ts'
import { Bytes32Schema, IdSchema } from '../text.ts'
import {
  AccountResponseSchema,
  AuthorizationServerSchema,
  DeviceAuthorizationRequestSchema,
  DeviceAuthorizationSchema,
  DevicesResponseSchema,
  RevocationRequestSchema,
  SendStepUpCodeSchema,
  StepUpRequestSchema,
  StepUpResponseSchema,
  TokenRequestSchema,
  TokensSchema,
} from './account-messages.ts'
import {
  AcknowledgementSchema,
  ChargesResponseSchema,
  ControlsResponseSchema,
  DisputeRequestSchema,
  DisputeResponseSchema,
  EnrolmentSchema,
  LogHeadRequestSchema,
  LogHeadResponseSchema,
  LoosenRequestSchema,
  MessagesResponseSchema,
  NonceRequestSchema,
  ReturnRequestSchema,
  PurchaseRequestSchema,
  PurchaseResponseSchema,
  QuoteRequestSchema,
  QuoteResponseSchema,
  TightenRequestSchema,
  TimeResponseSchema,
} from './messages.ts'

/**
 * Who may call a route: `none` anyone, `device` needs a DPoP proof (RFC 9449) by the device key, `enrolled` also needs
 * that key to be enrolled, `control` needs the sandbox's control token as a bearer token (see sandbox-routes.ts). `account` needs
 * besides an access token that is bound to that key (RFC 9449 §7), with the scope that the route names. On the other routes for
 * enrolled devices such a token says in whose name the device asks; where one comes, it has to be good.
 */
export type RouteAuth = 'none' | 'device' | 'enrolled' | 'account' | 'control'

export interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly auth: RouteAuth
  readonly summary: string
  readonly params?: v.GenericSchema
  readonly query?: v.GenericSchema
  readonly headers?: v.GenericSchema
  readonly body?: v.GenericSchema
  /** How the body is written; JSON unless told. `form` is `application/x-www-form-urlencoded`, and then errors are those of RFC 6749 §5.2. */
  readonly encoding?: 'json' | 'form'
  /** The scope that the access token needs, where one comes. */
  readonly scope?: Scope
  readonly response: v.GenericSchema
}

/**
 * A gateway keeps what it decided under an idempotency key for at least so many milliseconds. After that, that it does
 * not know a key says nothing any more. Charges themselves are kept for ever.
 */
export const keyRetentionMs = 30 * 24 * 60 * 60_000

/** The routes that a client calls. Paths use `{name}` for parameters (RFC 6570 level 1, as OpenAPI does). */
export const routes = {
  catalogue: {
    method: 'GET',
    path: '/v1/catalogue',
    auth: 'none',
    summary: 'All offers that can be bought now, with their sellers',
    response: CatalogueSchema,
  },
  time: {
    method: 'GET',
    path: '/v1/time',
    auth: 'none',
    summary: "The gateway's clock, signed together with the caller's nonce",
    query: v.strictObject({ nonce: Bytes32Schema }),
    response: TimeResponseSchema,
  },
  enrol: {
    method: 'POST',
    path: '/v1/devices',
    auth: 'device',
    summary: 'Make the device key that signed the proof known; repeating it changes nothing',
    response: EnrolmentSchema,
  },
  quote: {
    method: 'POST',
    path: '/v1/quotes',
    auth: 'enrolled',
    scope: 'purchase',
    summary: 'A signed price for one offer, valid for a short time',
    body: QuoteRequestSchema,
    response: QuoteResponseSchema,
  },
  purchase: {
    method: 'POST',
    path: '/v1/purchases',
    auth: 'enrolled',
    scope: 'purchase',
    summary: 'Charge once what the device authorised; the same key and body give the same answer, another body 409',
    headers: v.object({ 'idempotency-key': IdSchema }),
    body: PurchaseRequestSchema,
    response: PurchaseResponseSchema,
  },
  purchaseByKey: {
    method: 'GET',
    path: '/v1/purchases/{idempotencyKey}',
    auth: 'enrolled',
    summary: 'Where the purchase with this idempotency key stands',
    params: v.strictObject({ idempotencyKey: IdSchema }),
    response: PurchaseResponseSchema,
  },
  messages: {
    method: 'GET',
    path: '/v1/messages',
    auth: 'enrolled',
    summary: 'Signed messages about this device’s purchases that it has not acknowledged, oldest first',
    response: MessagesResponseSchema,
  },
  acknowledge: {
    method: 'POST',
    path: '/v1/messages/acknowledgements',
    auth: 'enrolled',
    summary: 'These messages are durable at the device and need not be delivered again',
    body: AcknowledgementSchema,
    response: v.strictObject({}),
  },
  chargeList: {
    method: 'GET',
    path: '/v1/charges',
    auth: 'enrolled',
    summary: 'A signed page of everything that was charged to this device, with what came back of it',
    query: v.strictObject({ nonce: Bytes32Schema, after: v.pipe(v.string(), v.regex(/^\d{1,15}$/)) }),
    response: ChargesResponseSchema,
  },
  logHead: {
    method: 'POST',
    path: '/v1/log-heads',
    auth: 'enrolled',
    summary: 'Countersign where the head of the device’s log is; 409 where the gateway has signed a later one',
    body: LogHeadRequestSchema,
    response: LogHeadResponseSchema,
  },
  dispute: {
    method: 'POST',
    path: '/v1/disputes',
    auth: 'enrolled',
    summary: 'Say that something is wrong with a charge of this device; 409 while another dispute about it is open',
    body: DisputeRequestSchema,
    response: DisputeResponseSchema,
  },
  controls: {
    method: 'GET',
    path: '/v1/controls',
    auth: 'enrolled',
    scope: 'purchase',
    summary: 'The controls of spending that the gateway keeps for the device’s funding source',
    query: v.strictObject({ nonce: Bytes32Schema }),
    response: ControlsResponseSchema,
  },
  tighten: {
    method: 'POST',
    path: '/v1/controls',
    auth: 'enrolled',
    scope: 'purchase',
    summary: 'Make each control at least as strict as these; nothing becomes looser by it',
    body: TightenRequestSchema,
    response: ControlsResponseSchema,
  },
  askLoosening: {
    method: 'POST',
    path: '/v1/controls/loosenings',
    auth: 'enrolled',
    scope: 'purchase',
    summary: 'Ask for a looser control, which waits for a second yes from a day later on',
    body: LoosenRequestSchema,
    response: ControlsResponseSchema,
  },
  confirmLoosening: {
    method: 'POST',
    path: '/v1/controls/loosenings/{changeId}/confirmation',
    auth: 'enrolled',
    scope: 'purchase',
    summary: 'The second yes; 409 before its time has come, 404 after it has lapsed',
    params: v.strictObject({ changeId: IdSchema }),
    body: NonceRequestSchema,
    response: ControlsResponseSchema,
  },
  withdrawLoosening: {
    method: 'POST',
    path: '/v1/controls/loosenings/{changeId}/withdrawal',
    auth: 'enrolled',
    scope: 'purchase',
    summary: 'The looser control is no longer asked for; repeating it changes nothing',
    params: v.strictObject({ changeId: IdSchema }),
    body: NonceRequestSchema,
    response: ControlsResponseSchema,
  },
  askReturn: {
    method: 'POST',
    path: '/v1/exclusion/return',
    auth: 'enrolled',
    scope: 'purchase',
    summary: 'The new yes after an exclusion has ended, which acts a day later; 409 while it runs',
    body: ReturnRequestSchema,
    response: ControlsResponseSchema,
  },
  authorizationServer: {
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
    auth: 'none',
    summary: 'Where a device signs in, and how (RFC 8414)',
    response: AuthorizationServerSchema,
  },
  deviceAuthorization: {
    method: 'POST',
    path: '/oauth/device_authorization',
    auth: 'device',
    encoding: 'form',
    summary: 'Begin to sign in: a code for the person, and one to ask with (RFC 8628 §3.1). Bound to the key that signed the proof',
    body: DeviceAuthorizationRequestSchema,
    response: DeviceAuthorizationSchema,
  },
  token: {
    method: 'POST',
    path: '/oauth/token',
    auth: 'device',
    encoding: 'form',
    summary: 'Tokens for what the person has agreed to, or new ones for old ones (RFC 8628 §3.4, RFC 6749 §6, RFC 9449 §5)',
    body: TokenRequestSchema,
    response: TokensSchema,
  },
  revoke: {
    method: 'POST',
    path: '/oauth/revoke',
    auth: 'device',
    encoding: 'form',
    summary: 'This sign-in is over (RFC 7009); one that is not known is no error',
    body: RevocationRequestSchema,
    response: v.strictObject({}),
  },
  account: {
    method: 'GET',
    path: '/v1/account',
    auth: 'account',
    scope: 'profile:read',
    summary: 'In whose name this device asks',
    response: AccountResponseSchema,
  },
  accountDevices: {
    method: 'GET',
    path: '/v1/account/devices',
    auth: 'account',
    scope: 'profile:read',
    summary: 'Every device that is signed in to the account, most recently used first',
    response: DevicesResponseSchema,
  },
  signOutDevice: {
    method: 'POST',
    path: '/v1/account/devices/{sessionId}/sign-out',
    auth: 'account',
    scope: 'profile:read',
    summary: 'That device is signed out from its next request on; repeating it changes nothing',
    params: v.strictObject({ sessionId: IdSchema }),
    response: DevicesResponseSchema,
  },
  signOutEverywhere: {
    method: 'POST',
    path: '/v1/account/sign-out',
    auth: 'account',
    scope: 'profile:read',
    summary: 'Every device, this one as well, and every browser is signed out from its next request on',
    response: v.strictObject({}),
  },
  sendStepUpCode: {
    method: 'POST',
    path: '/v1/account/step-ups/codes',
    auth: 'account',
    scope: 'purchase',
    summary: 'Send a code with which the person can give the second factor for exactly this',
    body: SendStepUpCodeSchema,
    response: v.variant('kind', [v.strictObject({ kind: v.literal('sent') }), v.strictObject({ kind: v.literal('wait'), waitMs: v.number() })]),
  },
  stepUp: {
    method: 'POST',
    path: '/v1/account/step-ups',
    auth: 'account',
    scope: 'purchase',
    summary: 'Give the second factor for exactly what has this digest; the signed answer goes with the purchase or the change',
    body: StepUpRequestSchema,
    response: StepUpResponseSchema,
  },
} as const satisfies Record<string, Route>
export type RouteName = keyof typeof routes
