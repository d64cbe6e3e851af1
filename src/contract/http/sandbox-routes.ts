import * as v from 'valibot'
import { MoneySchema } from '../money.ts'
import { DisputeOutcomeSchema } from '../dispute.ts'
import { IdSchema } from '../text.ts'
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
  refund: {
    method: 'POST',
    path: '/sandbox/refunds',
    auth: 'control',
    summary: 'Give back some of a charge, or all that is left of it',
    body: v.strictObject({ idempotencyKey: IdSchema, amount: v.optional(MoneySchema.entries.amount) }),
    response: v.strictObject({ messageId: IdSchema }),
  },
  chargeBack: {
    method: 'POST',
    path: '/sandbox/chargebacks',
    auth: 'control',
    summary: 'Take back all that is left of a charge, as after a dispute',
    body: v.strictObject({ idempotencyKey: IdSchema }),
    response: v.strictObject({ messageId: IdSchema }),
  },
  reverseChargeback: {
    method: 'POST',
    path: '/sandbox/chargebacks/reversals',
    auth: 'control',
    summary: 'Undo the chargeback that stands',
    body: v.strictObject({ idempotencyKey: IdSchema }),
    response: v.strictObject({ messageId: IdSchema }),
  },
  decideDispute: {
    method: 'POST',
    path: '/sandbox/disputes/decisions',
    auth: 'control',
    summary: 'Decide the dispute about a charge that is open; refunded gives back all that is left',
    body: v.strictObject({ idempotencyKey: IdSchema, outcome: DisputeOutcomeSchema }),
    response: v.strictObject({ messageId: IdSchema }),
  },
} as const satisfies Record<string, Route>

/** Everything that the reference gateway serves. */
export const gatewayRoutes = { ...routes, ...sandboxRoutes }
export type GatewayRouteName = keyof typeof gatewayRoutes
