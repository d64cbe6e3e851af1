/** Types derived from the route table: what a handler is given and must answer, by the route's name. */
import type * as v from 'valibot'
import type { RouteAuth } from '../../contract/http/routes.ts'
import type { GatewayRouteName, gatewayRoutes } from '../../contract/http/sandbox-routes.ts'
import type { Caller } from '../accounts/identity.ts'
import type { Device } from '../devices.ts'
import type { CallingAccount } from '../oauth/calling-account.ts'

type Table = typeof gatewayRoutes
type Parsed<R, Part extends string> = R extends { readonly [P in Part]: infer S extends v.GenericSchema }
  ? v.InferOutput<S>
  : undefined

type RoutesWith<A extends RouteAuth> = { [N in GatewayRouteName]: Table[N]['auth'] extends A ? N : never }[GatewayRouteName]
export type ControlRouteName = RoutesWith<'control'>
export type PublicRouteName = Exclude<GatewayRouteName, ControlRouteName>

export interface RouteCall<N extends GatewayRouteName> {
  readonly params: Parsed<Table[N], 'params'>
  readonly query: Parsed<Table[N], 'query'>
  readonly headers: Parsed<Table[N], 'headers'>
  readonly body: Parsed<Table[N], 'body'>
  /** SHA-256 of the body's exact bytes in base64url; of no bytes when there is no body. */
  readonly bodyDigest: string
  /** The device whose key signed the proof, on routes that need one. */
  readonly device: Table[N]['auth'] extends 'device' | 'enrolled' | 'account' ? Device : undefined
  /** In whose name the device asks: always on the routes of accounts, where there is a token on those for enrolled devices. */
  readonly account: AccountFor<Table[N]['auth']>
  readonly caller: Caller
  /** Ends the connection without an answer, as a broken network would. Sandbox faults only. */
  readonly hangUp: () => never
}

type AccountFor<A extends RouteAuth> = A extends 'account' ? CallingAccount : A extends 'enrolled' ? CallingAccount | undefined : undefined

export type RouteAnswer<N extends GatewayRouteName> = v.InferOutput<Table[N]['response']>

/** One handler for each named route; leaving one out does not compile. */
export type Handlers<N extends GatewayRouteName> = {
  readonly [K in N]: (call: RouteCall<K>) => RouteAnswer<K> | Promise<RouteAnswer<K>>
}
