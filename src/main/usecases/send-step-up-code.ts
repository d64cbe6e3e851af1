/** The person has a code sent with which they can give the second factor for what the trusted window asks now, and for nothing else. */
import type { Output } from '../../contract/ipc/channel.ts'
import type { ConfirmContract } from '../../contract/ipc/confirm.ts'
import type { CodeWay } from '../../contract/account.ts'
import { type Gateway, GatewayError } from '../ports/gateway.ts'
import { VaultError } from '../ports/vault.ts'
import type { PendingChallengeSlot } from './pending-challenge.ts'
import type { TrustedQuestions } from './trusted-question.ts'

export interface SendStepUpCodeDeps {
  readonly gateway: Pick<Gateway, 'stepUp'>
  readonly pending: Pick<PendingChallengeSlot, 'current'>
  readonly questions: Pick<TrustedQuestions, 'stepUpAsked'>
}

type Sent = Output<ConfirmContract, 'stepUp.sendCode'>

export function createSendStepUpCode({ gateway, pending, questions }: SendStepUpCodeDeps) {
  return async function sendStepUpCode({ askedId, method }: { readonly askedId: string; readonly method: 'sms' | 'email' }): Promise<Sent> {
    const asked = askedNow(askedId)
    if (!asked) return { kind: 'gone' }
    if (!asked.ways.some((way) => way.method === method)) throw new Error('a way that was not offered')
    try {
      return await gateway.stepUp.sendCode({ digest: asked.digest, method })
    } catch (error) {
      if (error instanceof GatewayError || error instanceof VaultError) return { kind: 'unavailable' }
      throw error
    }
  }

  function askedNow(askedId: string): { readonly digest: string; readonly ways: readonly CodeWay[] } | null {
    const challenge = pending.current()
    if (challenge?.content.challengeId !== askedId) return questions.stepUpAsked(askedId)
    return challenge.stepUp && { digest: challenge.digest, ways: challenge.stepUp.ways }
  }
}
