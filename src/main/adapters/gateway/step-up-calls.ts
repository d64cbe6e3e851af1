/** The calls about the account's second factor. That it was given is only believed where the gateway has signed it, for exactly what was asked. */
import { StepUpClaimsSchema } from '../../../contract/http/account-messages.ts'
import { jwsTypes } from '../../../contract/http/claims.ts'
import { GatewayError } from '../../ports/gateway.ts'
import type { StepUp, StepUpAnswer } from '../../ports/step-up.ts'
import { isStepUpFor } from '../../../domain/step-up.ts'
import type { CallOptions, Response } from './http-client.ts'
import { type ReadSigned, SignatureError } from './signed-message.ts'

type StepUpCall = 'account' | 'sendStepUpCode' | 'stepUp'
type Read<N extends StepUpCall, T> = (answer: Response<N>, readSigned: ReadSigned) => Promise<T>

export interface StepUpCallsParts {
  readonly deviceId: () => Promise<string>
  /** Sends as this device in the account's name, and has the answer read as part of the same exchange. */
  readonly exchange: <N extends StepUpCall, T>(name: N, call: CallOptions, read: Read<N, T>) => Promise<T>
  /** Whether this device is signed in, as far as is known here. Rejects with VaultError. */
  readonly isSignedIn: () => Promise<boolean>
  /** The gateway's clock, milliseconds since the epoch; null where it is not known. */
  readonly now: () => number | null
}

export function createStepUpCalls({ deviceId, exchange, isSignedIn, now }: StepUpCallsParts): StepUp {
  return {
    async account() {
      if (!(await isSignedIn())) return null
      return exchange('account', {}, async ({ accountId, codeWays, stepUpAbove }) => ({ accountId, ways: codeWays, above: stepUpAbove })).catch(nullIfSignedOut)
    },
    sendCode: (body) => exchange('sendStepUpCode', { body }, async (answer) => answer),
    async give({ accountId, digest, method, code }): Promise<StepUpAnswer> {
      const own = await deviceId()
      return exchange('stepUp', { body: { digest, method, code } }, async (answer, readSigned): Promise<StepUpAnswer> => {
        if (answer.kind !== 'given') return { kind: answer.kind, waitMs: answer.waitMs }
        const claims = await readSigned(answer.stepUp, jwsTypes.stepUp, StepUpClaimsSchema)
        const isForThis = isStepUpFor(claims, { accountId, digest }) && claims.deviceId === own && claims.method === method
        const nowMs = now()
        if (!isForThis || (nowMs !== null && nowMs >= Date.parse(claims.expiresAt))) throw new SignatureError()
        return { kind: 'given', stepUp: answer.stepUp }
      })
    },
  }
}

function nullIfSignedOut(error: unknown): null {
  const problem = error instanceof GatewayError ? error.problem : null
  if (problem?.kind === 'refused' && problem.code === 'accountNeeded') return null
  throw error
}
