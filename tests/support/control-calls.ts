/** What a device says to the gateway about the controls of spending, honest or not. */
import type { ControlsClaims } from '../../src/contract/http/claims.ts'
import type { Change, SharedControls } from '../../src/domain/controls.ts'
import { inBerlin } from './control-events.ts'
import { type Answer, claimsOf, type GatewayClient, random32, type TestDevice } from './gateway-client.ts'

export const nothingKept: SharedControls = { household: null, limits: [], quietHours: [], exclusion: null }

export type LimitPeriod = SharedControls['limits'][number]['period']

/** A limit in euros by the calendar of Berlin, and nothing else. */
export function controlsWithLimit(amount: string, period: LimitPeriod = 'day', sellerId: string | null = null): SharedControls {
  return { ...nothingKept, household: inBerlin, limits: [{ period, sellerId, amount }] }
}

export function excludedUntil(until: string, begunAt: string, returnAskedAt: string | null = null): SharedControls {
  return { ...nothingKept, exclusion: { begunAt, until, returnAskedAt } }
}

export function looserDay(amount: string | null): Change {
  return { kind: 'limit', period: 'day', sellerId: null, amount }
}

/** What a signed answer about the controls says; throws where it is a refusal. */
export function statementIn({ body }: Answer): ControlsClaims {
  if (typeof body['controls'] !== 'string') throw new Error(`no statement: ${JSON.stringify(body)}`)
  return claimsOf(body['controls']) as ControlsClaims
}

export function controlCalls(client: GatewayClient) {
  const post = (device: TestDevice, path: string, body: object = {}): Promise<Answer> =>
    client.sendAs(device, path, { method: 'POST', body: { nonce: random32(), ...body } })
  return {
    async read(device: TestDevice): Promise<ControlsClaims> {
      // A proof is for the address without what is asked of it (RFC 9449 §4.2).
      const dpop = await client.proof(device, 'GET', '/v1/controls')
      return statementIn(await client.send(`/v1/controls?nonce=${random32()}`, { headers: { dpop } }))
    },
    tighten: (device: TestDevice, controls: unknown) => post(device, '/v1/controls', { controls }),
    ask: (device: TestDevice, changeId: string, change: Change) => post(device, '/v1/controls/loosenings', { changeId, change }),
    confirm: (device: TestDevice, changeId: string) => post(device, `/v1/controls/loosenings/${changeId}/confirmation`),
    withdraw: (device: TestDevice, changeId: string) => post(device, `/v1/controls/loosenings/${changeId}/withdrawal`),
    askReturn: (device: TestDevice, memberId?: string) => post(device, '/v1/exclusion/return', { ...(memberId !== undefined && { memberId }) }),
  }
}

const family = [
  { memberId: 'gina', role: 'guardian' },
  { memberId: 'ada', role: 'adult' },
  { memberId: 'tom', role: 'teen' },
  { memberId: 'kim', role: 'child' },
] as const

/** A guardian, an adult, a teen and a child, who have nothing to spend until somebody sets them a cap. */
export const householdOfFour: SharedControls = {
  ...nothingKept,
  household: inBerlin,
  limits: [memberCap('kim', '0'), memberCap('tom', '0')],
  members: family,
}

/** A week's cap of one member, in euros. */
export function memberCap(memberId: string, amount: string): SharedControls['limits'][number] {
  return { period: 'week', sellerId: null, memberId, amount }
}
