import * as v from 'valibot'
import { ChargeSchema, FaultSchema } from './messages.ts'
import { type Route, routes } from './routes.ts'

/** The tester's routes, which a gateway in sandbox mode has besides. In a file of their own: no client brings them. */
const sandboxRoutes = {
  setFaults: {
    method: 'POST',
    path: '/sandbox/faults',
    auth: 'control',
    summary: 'Replace the faults that the sandbox will show; an empty list clears them',
    body: v.strictObject({ faults: v.array(FaultSchema) }),
    response: v.strictObject({ faults: v.array(FaultSchema) }),
  },
  charges: {
    method: 'GET',
    path: '/sandbox/charges',
    auth: 'control',
    summary: 'Every charge the sandbox has made, oldest first',
    response: v.strictObject({ charges: v.array(ChargeSchema) }),
  },
} as const satisfies Record<string, Route>

/** Everything that the reference gateway serves. */
export const gatewayRoutes = { ...routes, ...sandboxRoutes }
export type GatewayRouteName = keyof typeof gatewayRoutes
