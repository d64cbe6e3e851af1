/** The gateway's description (OpenAPI 3.1), derived from the same schemas that its routes parse with. */
import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import * as catalogue from '../contract/catalogue.ts'
import * as account from '../contract/http/account-messages.ts'
import * as claims from '../contract/http/claims.ts'
import * as messages from '../contract/http/messages.ts'
import type { Route, RouteAuth } from '../contract/http/routes.ts'
import { gatewayRoutes } from '../contract/http/sandbox-routes.ts'
import { ChangeSchema, SharedControlsSchema } from '../contract/controls.ts'
import { MoneySchema } from '../contract/money.ts'
import { problemKinds } from './problems.ts'

export type Json = { readonly [member: string]: unknown }

const components: Readonly<Record<string, v.GenericSchema>> = {
  Money: MoneySchema,
  Seller: catalogue.SellerSchema,
  Offer: catalogue.OfferSchema,
  Catalogue: catalogue.CatalogueSchema,
  QuoteClaims: claims.QuoteClaimsSchema,
  AuthorisationClaims: claims.AuthorisationClaimsSchema,
  ReceiptClaims: claims.ReceiptClaimsSchema,
  TimeClaims: claims.TimeClaimsSchema,
  ProofClaims: claims.ProofClaimsSchema,
  ChargeListClaims: claims.ChargeListClaimsSchema,
  LogHeadClaims: claims.LogHeadClaimsSchema,
  SharedControls: SharedControlsSchema,
  Change: ChangeSchema,
  ControlsClaims: claims.ControlsClaimsSchema,
  DisputeClaims: claims.DisputeClaimsSchema,
  StepUpClaims: account.StepUpClaimsSchema,
  Enrolment: messages.EnrolmentSchema,
  QuoteRequest: messages.QuoteRequestSchema,
  QuoteResponse: messages.QuoteResponseSchema,
  PurchaseRequest: messages.PurchaseRequestSchema,
  PurchaseResponse: messages.PurchaseResponseSchema,
  TimeResponse: messages.TimeResponseSchema,
  SignedMessage: messages.SignedMessageSchema,
  MessageBody: messages.MessageBodySchema,
  MessagesResponse: messages.MessagesResponseSchema,
  ChargesResponse: messages.ChargesResponseSchema,
  LogHeadResponse: messages.LogHeadResponseSchema,
  ControlsResponse: messages.ControlsResponseSchema,
  TightenRequest: messages.TightenRequestSchema,
  DisputeRequest: messages.DisputeRequestSchema,
  DisputeResponse: messages.DisputeResponseSchema,
  LoosenRequest: messages.LoosenRequestSchema,
  ReturnRequest: messages.ReturnRequestSchema,
  AuthorizationServer: account.AuthorizationServerSchema,
  DeviceAuthorizationRequest: account.DeviceAuthorizationRequestSchema,
  DeviceAuthorization: account.DeviceAuthorizationSchema,
  TokenRequest: account.TokenRequestSchema,
  Tokens: account.TokensSchema,
  RevocationRequest: account.RevocationRequestSchema,
  OAuthError: account.OAuthErrorSchema,
  AccountResponse: account.AccountResponseSchema,
  DevicesResponse: account.DevicesResponseSchema,
  SendStepUpCode: account.SendStepUpCodeSchema,
  StepUpRequest: account.StepUpRequestSchema,
  StepUpResponse: account.StepUpResponseSchema,
  Problem: messages.ProblemSchema,
  Fault: messages.FaultSchema,
  Charge: messages.ChargeSchema,
}

/** Which claims each signed member carries: JSON Schema cannot look into a JWS. */
const signedMembers: Readonly<Record<string, { readonly [member: string]: Json }>> = {
  QuoteResponse: { quote: signed('quote', 'QuoteClaims') },
  PurchaseRequest: {
    quote: signed('quote', 'QuoteClaims'),
    authorisation: signed('authorisation', 'AuthorisationClaims'),
    stepUp: signed('stepUp', 'StepUpClaims'),
  },
  LoosenRequest: { stepUp: signed('stepUp', 'StepUpClaims') },
  StepUpResponse: { stepUp: signed('stepUp', 'StepUpClaims') },
  PurchaseResponse: { receipt: signed('receipt', 'ReceiptClaims') },
  TimeResponse: { time: signed('time', 'TimeClaims') },
  ChargesResponse: { page: signed('chargeList', 'ChargeListClaims') },
  LogHeadResponse: { countersignature: signed('logHead', 'LogHeadClaims') },
  ControlsResponse: { controls: signed('controls', 'ControlsClaims') },
  DisputeResponse: { acknowledgement: signed('dispute', 'DisputeClaims') },
  MessageBody: { receipt: signed('receipt', 'ReceiptClaims') },
}

function signed(kind: keyof typeof claims.jwsTypes, component: string): Json {
  return { typ: claims.jwsTypes[kind], alg: 'EdDSA', payload: `#/components/schemas/${component}` }
}

/** Each entry is one way in. Of `accessToken` the scope is named that the token needs. */
function securityOf({ auth, scope }: Route): readonly Json[] {
  const withToken = { dpop: [], accessToken: scope === undefined ? [] : [scope] }
  const ways: Readonly<Record<RouteAuth, readonly Json[]>> = {
    none: [],
    device: [{ dpop: [] }],
    enrolled: [{ dpop: [] }, withToken],
    account: [withToken],
    control: [{ controlToken: [] }],
  }
  return ways[auth]
}

export function openApiDocument(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tuppence gateway',
      version: '1.0.0',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Signed quotes, purchases that are charged at most once, signed receipts and signed time, in the name of accounts that devices ' +
        'sign in to by OAuth 2.0 with tokens that are bound to their key. Signed messages are ' +
        'compact JWS (RFC 7515) with Ed25519 (RFC 8037); `x-jws` says which claims each carries. What the gateway tells of ' +
        'its own accord is signed as Standard Webhooks are and delivered until acknowledged. Clients trust the ' +
        'TLS key by its pin. Amounts are whole minor units as decimal text.',
    },
    paths: paths(),
    components: {
      schemas: Object.fromEntries(
        Object.entries(components).map(([name, schema]) => [name, component(name, schema)]),
      ),
      responses: { Problem: problemResponse, OAuthError: oauthErrorResponse },
      securitySchemes: {
        dpop: {
          type: 'apiKey',
          in: 'header',
          name: 'DPoP',
          description: 'Proof of possession of the Ed25519 device key for this one request (RFC 9449 §4.2).',
          'x-jws': signed('proof', 'ProofClaims'),
        },
        accessToken: {
          type: 'http',
          scheme: 'DPoP',
          description:
            'Besides the proof, which then has `ath`: an access token that is bound to the same key (RFC 9449 §7). A device gets one by ' +
            'the device authorization grant (RFC 8628); where, is told at /.well-known/oauth-authorization-server (RFC 8414). Where a route ' +
            'can be called without one, it says in whose name the device asks.',
        },
        controlToken: { type: 'http', scheme: 'bearer', description: 'Sandbox mode only; new at each start.' },
      },
    },
    'x-problem-codes': Object.fromEntries(Object.entries(problemKinds).map(([code, { status }]) => [code, status])),
  }
}

const problemResponse: Json = {
  description: 'Anything else: a problem document (RFC 9457). Decide by its `code`.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

const oauthErrorResponse: Json = {
  description: 'Anything else: an error of RFC 6749 §5.2, RFC 8628 §3.5 or RFC 9449 §5. Decide by its `error`.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/OAuthError' } } },
}

function component(name: string, schema: v.GenericSchema): Json {
  const json = jsonSchema(schema, name)
  const jws = signedMembers[name]
  return jws ? { ...json, 'x-jws': jws } : json
}

/** The schema with references to the named components; `self` is left out of them, or it would refer to itself. */
function jsonSchema(schema: v.GenericSchema, self?: string): Json {
  const definitions = Object.fromEntries(Object.entries(components).filter(([name]) => name !== self))
  const { $schema: _dialect, $defs: _definitions, ...json } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    definitions,
    overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
    // Checks that no JSON Schema can say, such as that a date exists, are left to the gateway.
    errorMode: 'ignore',
  })
  return json
}

function paths(): Json {
  const all: Record<string, Record<string, Json>> = {}
  for (const [name, route] of Object.entries(gatewayRoutes)) {
    const path = (all[route.path] ??= {})
    path[route.method.toLowerCase()] = operation(name, route)
  }
  return all
}

function operation(operationId: string, route: Route): Json {
  const parameters = [
    ...parametersIn('path', route.params),
    ...parametersIn('query', route.query),
    ...parametersIn('header', route.headers),
  ]
  return {
    operationId,
    summary: route.summary,
    ...(route.auth === 'control' && { tags: ['sandbox'] }),
    security: securityOf(route),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: { required: true, content: { [mediaTypeOf(route)]: { schema: jsonSchema(route.body) } } } }),
    responses: {
      200: { description: route.summary, content: jsonContent(route.response) },
      default: { $ref: `#/components/responses/${route.encoding === 'form' ? 'OAuthError' : 'Problem'}` },
    },
  }
}

function mediaTypeOf({ encoding }: Route): string {
  return encoding === 'form' ? 'application/x-www-form-urlencoded' : 'application/json'
}

function jsonContent(schema: v.GenericSchema): Json {
  return { 'application/json': { schema: jsonSchema(schema) } }
}

function parametersIn(place: 'path' | 'query' | 'header', schema: v.GenericSchema | undefined): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = jsonSchema(schema) as { properties?: Json; required?: string[] }
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: value,
  }))
}
