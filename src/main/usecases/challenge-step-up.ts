/** The second factor that a challenge wants besides the person's yes: nothing is approved before the gateway has signed that it was given. */
import type { AnswerResult } from '../../contract/ipc/confirm.ts'
import { assertNever } from '../../domain/assert-never.ts'
import { giveStepUp, type GiveStepUpDeps, type StepUpResult, type TypedStepUp } from './give-step-up.ts'
import type { PendingChallenge } from './pending-challenge.ts'
import { refused } from './refusals.ts'

/** `stepUp` is there where the challenge wants it. */
type Given = { readonly kind: 'given'; readonly stepUp?: string }

/**
 * What was signed stays with its challenge, in memory: where a guardian's PIN is wrong besides, the second factor need not be given
 * again for the same question.
 */
export function createChallengeStepUp(deps: GiveStepUpDeps) {
  const signed = new WeakMap<PendingChallenge, string>()
  const beingChecked = new WeakSet<PendingChallenge>()
  return {
    /** Whether it is what the challenge asks for: nothing where it wants none, and else one of the ways that were offered. */
    isWhole(challenge: PendingChallenge, typed: TypedStepUp | undefined): boolean {
      if (!challenge.stepUp) return typed === undefined
      return typed ? challenge.stepUp.ways.some(({ method }) => method === typed.method) : signed.has(challenge)
    },
    /** One try at a time: of two at once the later one is told that it came too soon, and sent nowhere. */
    async settle(challenge: PendingChallenge, typed: TypedStepUp | undefined): Promise<Given | AnswerResult> {
      const earlier = signed.get(challenge)
      if (earlier !== undefined) return { kind: 'given', stepUp: earlier }
      if (!typed) throw new Error('an answer to half of what was asked')
      if (beingChecked.has(challenge)) return { kind: 'tooSoon' }
      beingChecked.add(challenge)
      try {
        const result = await giveStepUp(deps, subjectOf(challenge), typed)
        if (result.kind === 'given') signed.set(challenge, result.stepUp)
        return toAnswer(result)
      } finally {
        beingChecked.delete(challenge)
      }
    },
  }
}

function subjectOf({ content, digest }: PendingChallenge) {
  if (!content.stepUp) throw new Error('no second factor was asked for')
  return { about: 'purchase', id: content.purchaseId, accountId: content.stepUp.accountId, digest, memberId: content.memberId ?? null } as const
}

function toAnswer(result: StepUpResult): Given | AnswerResult {
  switch (result.kind) {
    case 'given':
      return result
    case 'wrong':
      return { kind: 'stepUpWrong', waitMs: result.waitMs }
    case 'wait':
      return { kind: 'stepUpWait', waitMs: result.waitMs }
    case 'unavailable':
      return { kind: 'stepUpUnavailable' }
    case 'signedOut':
      return refused(result.reason)
    default:
      return assertNever(result)
  }
}
