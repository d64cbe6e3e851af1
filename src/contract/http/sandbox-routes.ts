import * as v from 'valibot'
import { MoneySchema } from '../money.ts'
import { DisputeOutcomeSchema } from '../dispute.ts'
import { IdSchema, InstantSchema } from '../text.ts'
import { ChargeSchema, FaultSchema } from './messages.ts'
import { type Route, routes } from './routes.ts'

/** A message to a person as it arrived; a text message has no subject. */
const OutboxMessageSchema = v.strictObject({
  kind: v.picklist(['mail', 'text']),
  at: InstantSchema,
  to: v.string(),
  subject: v.nullable(v.string()),
  text: v.string(),
})
export type OutboxMessage = v.InferOutput<typeof OutboxMessageSchema>

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
  outbox: {
    method: 'GET',
    path: '/sandbox/outbox',
    auth: 'control',
    summary: 'The last 200 mails and text messages that the sandbox has sent to people, oldest first',
    response: v.strictObject({ messages: v.array(OutboxMessageSchema) }),
  },
} as const satisfies Record<string, Route>

/** Everything that the reference gateway serves. */
export const gatewayRoutes = { ...routes, ...sandboxRoutes }
export type GatewayRouteName = keyof typeof gatewayRoutes
