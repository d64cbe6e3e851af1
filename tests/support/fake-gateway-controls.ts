/** The controls that the fake gateway keeps, and what was spent under them: the same decisions as the reference server's. */
import type { AuthorisationClaims, ControlsClaims, QuoteClaims } from '../../src/contract/http/claims.ts'
import type { ProblemCode } from '../../src/contract/http/messages.ts'
import { type Controls, noControls } from '../../src/domain/controls.ts'
import {
  answerRequest,
  changeIdOf,
  type ControlRefusal,
  type ControlRequest,
  type ControlStep,
  statedControls,
} from '../../src/domain/kept-controls.ts'
import { judge } from '../../src/domain/limits.ts'
import { fromWire, type Money } from '../../src/domain/money.ts'
import type { UsageLine } from '../../src/domain/usage.ts'
import { countIn, isCounted } from '../../src/gateway/shop/exchange.ts'
import { buyerIn } from '../../src/gateway/shop/limits.ts'
import { type ControlsStatement, GatewayError } from '../../src/main/ports/gateway.ts'
import { fakeDeviceId } from './fake-device.ts'
import { unsignedToken } from './tokens.ts'

export function refused(code: ProblemCode): GatewayError {
  return new GatewayError({ kind: 'refused', sent: true, code })
}

const refusalCodes: Readonly<Record<ControlRefusal, ProblemCode>> = {
  impossible: 'badRequest',
  otherChange: 'idempotencyConflict',
  tooEarly: 'controlTooEarly',
  unknown: 'controlUnknown',
  notLooser: 'controlNotLooser',
  excluded: 'controlExcluded',
}
const blockCodes = {
  limit: 'limitReached',
  excluded: 'excluded',
  frozen: 'excluded',
  quietHours: 'quietHours',
  noMember: 'memberInvalid',
  approver: 'memberInvalid',
} as const

/** Each account has its own, and so has whoever is signed in to none. */
export function createFakeControls(now: () => number, accountId: () => string | null = () => null) {
  const kept = new Map<string | null, { readonly controls: Controls; readonly steps: readonly ControlStep[] }>()
  const theirs = () => kept.get(accountId()) ?? { controls: noControls, steps: [] }
  const spent: { readonly atMs: number; readonly sellerId: string; readonly memberId: string | null; readonly counted: Money }[] = []

  function state(nonce = 'n'.repeat(43)): ControlsStatement {
    const nowMs = now()
    const id = accountId()
    const claims = { deviceId: fakeDeviceId, nonce, asOf: new Date(nowMs).toISOString(), ...(id !== null && { accountId: id }), ...statedControls(theirs().controls, nowMs) } as ControlsClaims
    return { claims, jws: unsignedToken('tuppence-controls+jws', claims) }
  }

  function ask(request: ControlRequest): ControlsStatement {
    const household = request.kind === 'tighten' ? request.controls.household : null
    if (household && !isCounted(household.currency)) throw refused('badRequest')
    const { controls, steps } = theirs()
    const earlier = 'changeId' in request ? steps.filter((step) => changeIdOf(step) === request.changeId) : []
    const answer = answerRequest(controls, request, earlier, now())
    if (answer.kind === 'refused') throw refused(refusalCodes[answer.refusal])
    kept.set(accountId(), { controls: answer.controls, steps: [...steps, ...answer.steps] })
    return state()
  }

  /** As it was counted when it was charged: before the first control in another currency, and then nowhere. */
  const usage = (): UsageLine[] =>
    spent.map(({ counted: { amount, currency }, ...line }) => ({ ...line, currency, spent: amount, reserved: 0n }))

  return {
    state,
    ask,
    /** A charge, to this device or another, by what it counts as. */
    spend: (sellerId: string, counted: Money, memberId: string | null = null) => void spent.push({ atMs: now(), sellerId, memberId, counted }),
    /** Gives what the purchase counts as. */
    assertWithin(
      { sellerId, price, counted }: Pick<QuoteClaims, 'sellerId' | 'price' | 'counted'>,
      authorisation: Pick<AuthorisationClaims, 'memberId' | 'approvedBy'>,
    ): Money {
      const { controls } = theirs()
      const currency = controls.household?.currency ?? counted?.currency ?? price.currency
      const money = counted?.currency === currency ? fromWire(counted) : countIn(fromWire(price), currency)
      const nowMs = now()
      const verdict = judge(controls, usage, { ...buyerIn(authorisation), sellerId, counted: money }, { ms: nowMs, gatewayMs: nowMs })
      if (verdict.kind === 'blocked') throw refused(blockCodes[verdict.block.kind])
      return money
    },
  }
}
