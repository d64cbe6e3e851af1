import { setImmediate as nextTurn } from 'node:timers/promises'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { AuthorisationClaims } from '../../../src/contract/http/claims.ts'
import type { StepUpClaims } from '../../../src/contract/http/account-messages.ts'
import { AnswerResultSchema, confirmContract, type Question, type Reply } from '../../../src/contract/ipc/confirm.ts'
import { challengeDigest } from '../../../src/domain/canonical.ts'
import { sha256 } from '../../../src/main/adapters/system/sha256.ts'
import { LogReadOnlyError } from '../../../src/main/ports/event-log.ts'
import { GatewayError, type GatewayProblem } from '../../../src/main/ports/gateway.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { createShowChallenge } from '../../../src/main/usecases/show-challenge.ts'
import { type BuyingWorld, createBuyingWorld } from '../../support/buying-world.ts'
import { createFamilyWorld } from '../../support/family-world.ts'
import { notSentProblem, unsignedProblem } from '../../support/fake-gateway.ts'
import { emailWay, rightCode, robin, totpWay, wrongCode } from '../../support/fake-gateway-step-up.ts'
import { bundleOffer, itemOffer, passOffer } from '../../support/fake-offers.ts'
import { claimsOf } from '../../support/tokens.ts'

const right = { method: 'totp', code: rightCode } as const
const wrong = { method: 'totp', code: wrongCode } as const
const halfAnswer = 'an answer to half of what was asked'

function signedInWorld(account = robin): BuyingWorld {
  const world = createBuyingWorld()
  world.gateway.accounts.signIn(account)
  return world
}

type Typed = { readonly method: 'totp' | 'email' | 'sms' | 'recovery'; readonly code: string }
const approve = async (world: BuyingWorld, answer: object, stepUp?: Typed) =>
  v.parse(AnswerResultSchema, await world.use.approveChallenge({ ...(answer as { challengeId: string; digest: string }), ...(stepUp && { stepUp }) }))

function show(world: BuyingWorld) {
  const { challenge } = createShowChallenge({
    clock: world.clock,
    pending: world.use.pending,
    appearance: () => ({ language: 'en', locale: 'en-IE', theme: 'dark', sandbox: true }),
    currentQuestion: () => null,
  })()
  return v.parse(confirmContract.calls['challenge.get'].output.entries.challenge, challenge)
}

function expectNothingApproved(world: BuyingWorld): void {
  expect(world.eventTypes()).not.toContain('purchase.approved')
  expect(world.sent()).toBe(0)
  expect(world.gateway.charges).toEqual([])
}

describe('a purchase that wants the second factor', () => {
  it('P1 says why, and how it can be given, and the digest covers the reasons', async () => {
    const world = signedInWorld()
    const { challenge } = await world.ask(passOffer.id)
    expect(show(world)?.stepUp).toEqual({ reasons: ['firstOnDevice', 'newSeller'], ways: [totpWay, emailWay] })
    const { stepUp, ...without } = challenge.content
    expect(stepUp).toEqual({ accountId: robin.accountId, reasons: ['firstOnDevice', 'newSeller'] })
    expect(challengeDigest(without, sha256)).not.toBe(challenge.digest)
  })

  it('says from which price on the person asked to be asked, and only there', async () => {
    const world = signedInWorld({ ...robin, above: { amount: '1000', currency: 'EUR' } })
    world.gateway.accounts.knows(['nebelfuchs'])
    await world.ask(passOffer.id)
    expect(show(world)?.stepUp).toEqual({ reasons: ['aboveAmount'], above: { amount: '1000', currency: 'EUR' }, ways: [totpWay, emailWay] })
  })

  it('P1 is charged with a step-up that is signed for just this challenge, and keeps it', async () => {
    const world = signedInWorld()
    const { answer, challenge, outcome } = await world.ask()
    expect(await approve(world, answer, right)).toMatchObject({ kind: 'succeeded' })
    expect(await outcome).toMatchObject({ kind: 'succeeded' })
    const { stepUp, authorisation } = world.newest('purchase.approved').payload
    expect(claimsOf(stepUp!)).toMatchObject({ accountId: robin.accountId, digest: challenge.digest, method: 'totp' })
    expect((claimsOf(authorisation) as AuthorisationClaims).challengeDigest).toBe(challenge.digest)
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.succeeded'])
  })

  it('P1 asks the gateway for the step-up before the approval is written', async () => {
    const world = signedInWorld()
    const { answer } = await world.ask()
    const seen = Promise.withResolvers<string[]>()
    world.gateway.before('stepUp', () => seen.resolve(world.eventTypes()))
    await approve(world, answer, right)
    expect(await seen.promise).toEqual([])
    const calls = world.gateway.calls.filter((call) => /^(stepUp|purchase) /.test(call))
    expect(calls.map((call) => call.split(' ')[0])).toEqual(['stepUp', 'purchase'])
  })

  it('asks nothing further the second time at the same seller, and again above the amount', async () => {
    const world = signedInWorld({ ...robin, above: { amount: '1000', currency: 'EUR' } })
    const first = await world.ask()
    await approve(world, first.answer, right)
    await first.outcome
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
    await world.ask(passOffer.id)
    expect(show(world)?.stepUp?.reasons).toEqual(['aboveAmount'])
  })

  it('can be answered for as long as a code is good that was sent for it, and no longer', async () => {
    const world = signedInWorld()
    const first = await world.ask()
    world.clock.advance(299_000 - 500)
    expect(await approve(world, first.answer, right)).toMatchObject({ kind: 'succeeded' })
    await first.outcome
    const second = await world.ask(bundleOffer.id)
    expect(Date.parse(second.challenge.content.expiresAt) - Date.parse(second.challenge.content.shownAt)).toBe(300_000)
    world.clock.advance(299_499)
    world.clock.wake()
    expect(world.confirmWindow.isOpen()).toBe(true)
    world.clock.advance(1)
    world.clock.wake()
    expect(await second.outcome).toEqual({ kind: 'refused', reason: 'expired' })
  })

  it('P1 takes no answer without the second factor, nor with a way that was not offered', async () => {
    const world = signedInWorld()
    const { answer } = await world.ask()
    await expect(approve(world, answer)).rejects.toThrow(halfAnswer)
    await expect(approve(world, answer, { method: 'sms', code: rightCode })).rejects.toThrow(halfAnswer)
    expectNothingApproved(world)
    expect(world.gateway.calls).not.toContain('stepUp sms')
    expect(await approve(world, answer, right)).toMatchObject({ kind: 'succeeded' })
  })

  it('P1 takes no second factor where none is asked for: nobody types one into a question that looks otherwise', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    await expect(approve(world, answer, right)).rejects.toThrow(halfAnswer)
    expectNothingApproved(world)
  })

  it('P1 counts nothing within the half second, and asks the gateway nothing', async () => {
    const world = signedInWorld()
    const { answer } = await world.ask()
    world.confirmWindow.disturb()
    world.clock.advance(499)
    expect(await approve(world, answer, right)).toEqual({ kind: 'tooSoon' })
    expect(world.gateway.calls).not.toContain('stepUp totp')
    world.clock.advance(1)
    expect(await approve(world, answer, right)).toMatchObject({ kind: 'succeeded' })
  })
})

describe('a quote that wants the second factor', () => {
  it.each([[[]], [['looserControl']], [['newSeller', 'newSeller']], [['newSeller', 'looserControl']], [['else']]])('P1 is not believed with the reasons %j', async (stepUp) => {
    const world = signedInWorld()
    world.gateway.alterNextQuote({ stepUp: stepUp as never })
    const { outcome, challenge } = await world.request()
    expect(challenge).toBeNull()
    expect(await outcome).toEqual({ kind: 'refused', reason: 'signatureNotTrusted' })
  })

  it('is not asked about where nobody is signed in', async () => {
    const world = createBuyingWorld()
    world.gateway.alterNextQuote({ stepUp: ['newSeller'] })
    const { outcome, challenge } = await world.request()
    expect(challenge).toBeNull()
    expect(await outcome).toEqual({ kind: 'refused', reason: 'accountNeeded' })
  })

  it.each<[string, GatewayProblem | Error, string]>([
    ['the gateway does not answer', notSentProblem, 'gatewayUnreachable'],
    ['the sign-in is over', { kind: 'refused', sent: true, code: 'tokenInvalid' }, 'signedOutElsewhere'],
    ['the keychain is locked', new VaultError('locked'), 'keychainUnavailable'],
  ])('is not asked about where %s', async (_, problem, reason) => {
    const world = signedInWorld()
    world.gateway.fail('account', problem)
    const { outcome, challenge } = await world.request()
    expect(challenge).toBeNull()
    expect(await outcome).toEqual({ kind: 'refused', reason })
  })
})

describe('a second factor that is wrong', () => {
  it('approves nothing, is told and noted, and the question stands', async () => {
    const world = signedInWorld()
    const { answer, challenge } = await world.ask()
    expect(await approve(world, answer, wrong)).toEqual({ kind: 'stepUpWrong', waitMs: 0 })
    expectNothingApproved(world)
    const { actor, payload } = world.newest('stepUp.failed')
    expect([actor, payload]).toEqual(['person', { about: 'purchase', id: challenge.content.purchaseId, method: 'totp', gatewayAt: expect.any(String) }])
    expect(JSON.stringify([...world.log.events()])).not.toContain(wrongCode)
    expect(await approve(world, answer, right)).toMatchObject({ kind: 'succeeded' })
  })

  it('has to wait from the fifth on, and then even the right one is not looked at', async () => {
    const world = signedInWorld()
    const { answer } = await world.ask()
    for (let tries = 1; tries < 5; tries += 1) expect(await approve(world, answer, wrong)).toEqual({ kind: 'stepUpWrong', waitMs: 0 })
    expect(await approve(world, answer, wrong)).toEqual({ kind: 'stepUpWrong', waitMs: 30_000 })
    expect(await approve(world, answer, right)).toEqual({ kind: 'stepUpWait', waitMs: 30_000 })
    expectNothingApproved(world)
    expect(world.eventTypes().filter((type) => type === 'stepUp.failed')).toHaveLength(5)
    world.clock.advance(30_000)
    expect(await approve(world, answer, right)).toMatchObject({ kind: 'succeeded' })
  })

  it('is told as wrong also where it cannot be noted', async () => {
    const world = signedInWorld()
    const { answer } = await world.ask()
    world.log.failNextAppend(new LogReadOnlyError('closed'))
    expect(await approve(world, answer, wrong)).toEqual({ kind: 'stepUpWrong', waitMs: 0 })
    expectNothingApproved(world)
  })
})

describe('a second factor that nobody could look at', () => {
  it.each<[string, GatewayProblem | Error]>([
    ['the gateway cannot be reached', notSentProblem],
    ['its answer got lost', { kind: 'unreachable', sent: true }],
    ['what it signed is not for this', unsignedProblem],
    ['it has had too many requests', { kind: 'refused', sent: true, code: 'tooManyRequests' }],
    ['the keychain is locked', new VaultError('locked')],
  ])('approves nothing where %s, and the question stands', async (_, problem) => {
    const world = signedInWorld()
    const { answer } = await world.ask()
    world.gateway.fail('stepUp', problem)
    expect(await approve(world, answer, right)).toEqual({ kind: 'stepUpUnavailable' })
    expectNothingApproved(world)
    expect(world.eventTypes()).toEqual([])
    expect(await approve(world, answer, right)).toMatchObject({ kind: 'succeeded' })
  })

  it.each([['accountNeeded', 'accountNeeded'], ['tokenInvalid', 'signedOutElsewhere'], ['scopeMissing', 'accountNeeded']] as const)('ends the question where the sign-in is over: %s', async (code, reason) => {
    const world = signedInWorld()
    const { answer, outcome } = await world.ask()
    world.gateway.fail('stepUp', { kind: 'refused', sent: true, code })
    expect(await approve(world, answer, right)).toEqual({ kind: 'refused', reason })
    expect(await outcome).toEqual({ kind: 'refused', reason })
    expectNothingApproved(world)
    expect(world.use.pending.current()).toBeNull()
  })

  it('is a bug where it is one, and approves nothing', async () => {
    const world = signedInWorld()
    const { answer } = await world.ask()
    world.gateway.fail('stepUp', new TypeError('a bug'))
    await expect(approve(world, answer, right)).rejects.toThrow('a bug')
    expectNothingApproved(world)
  })
})

describe('while the gateway looks at the second factor', () => {
  it('P1 a no wins: nothing is approved', async () => {
    const world = signedInWorld()
    const { answer, outcome } = await world.ask()
    world.gateway.before('stepUp', () => void world.use.cancelChallenge(answer))
    expect(await approve(world, answer, right)).toEqual({ kind: 'refused', reason: 'expired' })
    expect(await outcome).toEqual({ kind: 'cancelled' })
    expectNothingApproved(world)
  })

  it('P1 a window that is closed wins', async () => {
    const world = signedInWorld()
    const { answer, outcome } = await world.ask()
    world.gateway.before('stepUp', () => world.confirmWindow.closeByPerson())
    expect(await approve(world, answer, right)).toEqual({ kind: 'refused', reason: 'expired' })
    expect(await outcome).toEqual({ kind: 'cancelled' })
    expectNothingApproved(world)
  })

  it('P1 the question may lapse', async () => {
    const world = signedInWorld()
    const { answer, outcome } = await world.ask()
    world.gateway.before('stepUp', () => world.clock.advance(300_000))
    expect(await approve(world, answer, right)).toEqual({ kind: 'refused', reason: 'expired' })
    expect(await outcome).toEqual({ kind: 'refused', reason: 'expired' })
    expectNothingApproved(world)
  })

  it('P2 of fifty answers at once one is sent, and one charges', async () => {
    const world = signedInWorld()
    const { answer, outcome } = await world.ask()
    const results = await Promise.all(Array.from({ length: 50 }, () => approve(world, answer, right)))
    expect(results.filter(({ kind }) => kind === 'tooSoon')).toHaveLength(49)
    expect(await outcome).toMatchObject({ kind: 'succeeded' })
    expect(world.gateway.calls.filter((call) => call === 'stepUp totp')).toHaveLength(1)
    expect(world.gateway.charges).toHaveLength(1)
  })

  it('P1 what was given for one question serves no other', async () => {
    const world = signedInWorld()
    const first = await world.ask()
    world.gateway.before('stepUp', () => void world.use.cancelChallenge(first.answer))
    await approve(world, first.answer, right)
    await first.outcome
    const second = await world.ask()
    await expect(approve(world, second.answer)).rejects.toThrow(halfAnswer)
    expectNothingApproved(world)
  })

  it('P4 what stands in the way meanwhile is obeyed', async () => {
    const world = signedInWorld()
    const { answer } = await world.ask()
    const { give } = world.gateway.stepUp
    Object.assign(world.gateway.stepUp, {
      give: async (given: Parameters<typeof give>[0]) => {
        await world.change({ kind: 'limit', period: 'day', sellerId: null, amount: '0' })
        return give(given)
      },
    })
    expect(await approve(world, answer, right)).toMatchObject({ kind: 'blocked', block: { kind: 'limit', period: 'day' } })
    expectNothingApproved(world)
  })
})

describe('an approval with a step-up', () => {
  it('P2 is sent as it is kept, and settled by its key without a second one', async () => {
    const world = signedInWorld()
    const { answer, outcome } = await world.ask()
    world.gateway.meet('answerLost')
    await approve(world, answer, right)
    expect(await outcome).toMatchObject({ kind: 'unknown' })
    await world.use.settlePurchases()
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.unknown', 'purchase.succeeded'])
    expect(world.gateway.charges).toHaveLength(1)
    expect(world.gateway.calls.filter((call) => call === 'stepUp totp')).toHaveLength(1)
  })

  it('P1 is not charged by a gateway that no longer takes it', async () => {
    const world = signedInWorld()
    const { answer } = await world.ask()
    world.gateway.before('purchase', () => world.clock.advance(6 * 60_000))
    expect(await approve(world, answer, right)).toMatchObject({ kind: 'refused', reason: 'expired' })
    expect(world.newest('purchase.voided').payload).toMatchObject({ reason: 'stepUpNeeded' })
    expect(world.gateway.charges).toEqual([])
  })

  it.each([['accountNeeded', 'accountNeeded'], ['tokenInvalid', 'signedOutElsewhere'], ['scopeMissing', 'accountNeeded']] as const)('releases what it reserved where the gateway refuses it for the account: %s', async (code, reason) => {
    const world = signedInWorld()
    const { answer } = await world.ask()
    world.gateway.fail('purchase', { kind: 'refused', sent: true, code })
    expect(await approve(world, answer, right)).toEqual({ kind: 'refused', reason })
    expect(world.newest('purchase.voided').payload).toMatchObject({ reason: code })
  })

  it('P3 is not sent where it cannot be written down', async () => {
    const world = signedInWorld()
    const { answer } = await world.ask()
    world.gateway.before('stepUp', () => world.log.failNextAppend(new LogReadOnlyError('closed')))
    expect(await approve(world, answer, right)).toEqual({ kind: 'refused', reason: 'ledgerUnavailable' })
    expectNothingApproved(world)
  })
})

describe('what a minor asked for, at a seller that is new to the account', () => {
  async function asking() {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    world.gateway.accounts.signIn()
    await world.use.controls.syncControls()
    return { world, ...(await world.answering(requestId)) }
  }

  it('P8 takes PIN and code of the guardian and the second factor of the account', async () => {
    const { world, answer, result } = await asking()
    const guardian = world.ada()
    await expect(world.use.approveChallenge({ ...answer, knowsLimit: true, guardian })).rejects.toThrow(halfAnswer)
    await expect(world.use.approveChallenge({ ...answer, knowsLimit: true, stepUp: right })).rejects.toThrow('from somebody who was not asked')
    expect(await world.use.approveChallenge({ ...answer, knowsLimit: true, guardian, stepUp: right })).toMatchObject({ kind: 'succeeded' })
    expect(await result).toMatchObject({ kind: 'succeeded' })
    expect(world.newest('purchase.approved').payload).toMatchObject({ approvedBy: 'guardian', stepUp: expect.any(String) })
  })

  it('P8 needs the second factor once where the PIN was wrong, and the PIN all the same', async () => {
    const { world, answer } = await asking()
    const guardian = world.ada()
    const mistyped = { ...guardian, pin: '0000' }
    expect(v.parse(AnswerResultSchema, await world.use.approveChallenge({ ...answer, knowsLimit: true, guardian: mistyped, stepUp: right }))).toEqual({ kind: 'wrong', waitMs: 0, stepUpGiven: true })
    expectNothingApproved(world)
    expect(await world.use.approveChallenge({ ...answer, knowsLimit: true, guardian: world.ada() })).toMatchObject({ kind: 'succeeded' })
    expect(world.gateway.calls.filter((call) => call === 'stepUp totp')).toHaveLength(1)
  })

  it("P8 a wrong second factor uses up no code of the guardian's", async () => {
    const { world, answer } = await asking()
    const guardian = world.ada()
    expect(await world.use.approveChallenge({ ...answer, knowsLimit: true, guardian, stepUp: wrong })).toEqual({ kind: 'stepUpWrong', waitMs: 0 })
    expect(world.eventTypes()).not.toContain('access.tried')
    expect(await world.use.approveChallenge({ ...answer, knowsLimit: true, guardian, stepUp: right })).toMatchObject({ kind: 'succeeded' })
  })
})

describe('a code that is sent', () => {
  it('is for what is asked now, by a way that was offered', async () => {
    const world = signedInWorld()
    const { answer, challenge } = await world.ask()
    const { challengeId: askedId } = answer
    expect(await world.use.sendStepUpCode({ askedId, method: 'email' })).toEqual({ kind: 'sent' })
    expect(world.gateway.accounts.sent).toEqual([{ digest: challenge.digest, method: 'email' }])
    await expect(world.use.sendStepUpCode({ askedId, method: 'sms' })).rejects.toThrow('not offered')
    expect(world.gateway.accounts.sent).toHaveLength(1)
  })

  it('is not sent for what is not asked, not asked any more, or wants no second factor', async () => {
    const world = signedInWorld()
    expect(await world.use.sendStepUpCode({ askedId: 'challenge-1', method: 'email' })).toEqual({ kind: 'gone' })
    const { answer } = await world.ask()
    expect(await world.use.sendStepUpCode({ askedId: 'another', method: 'email' })).toEqual({ kind: 'gone' })
    await world.use.cancelChallenge(answer)
    expect(await world.use.sendStepUpCode({ askedId: answer.challengeId, method: 'email' })).toEqual({ kind: 'gone' })
    const plain = createBuyingWorld()
    const asked = await plain.ask(itemOffer.id)
    expect(await plain.use.sendStepUpCode({ askedId: asked.answer.challengeId, method: 'email' })).toEqual({ kind: 'gone' })
    expect([...world.gateway.accounts.sent, ...plain.gateway.accounts.sent]).toEqual([])
  })

  it.each<[string, Error]>([['gateway', new GatewayError(notSentProblem)], ['keychain', new VaultError('locked')]])('is told not to have been sent where the %s fails', async (_, error) => {
    const world = signedInWorld()
    const { answer } = await world.ask()
    world.gateway.fail('sendStepUpCode', error)
    expect(await world.use.sendStepUpCode({ askedId: answer.challengeId, method: 'email' })).toEqual({ kind: 'unavailable' })
    world.gateway.fail('sendStepUpCode', new TypeError('a bug'))
    await expect(world.use.sendStepUpCode({ askedId: answer.challengeId, method: 'email' })).rejects.toThrow('a bug')
  })
})

describe('P5 the first yes to a looser control', () => {
  const limitOf = (amount: string) => ({ kind: 'limit', period: 'week', sellerId: null, amount }) as const

  async function limited() {
    const world = signedInWorld()
    await world.change(limitOf('1000'))
    return world
  }

  it('takes the second factor of the account in the trusted window, for this change alone', async () => {
    const world = await limited()
    const asked = world.person.questions.length
    expect(await world.member.through(world.loosen(limitOf('5000')))).toMatchObject({ kind: 'asked' })
    expect(world.member.questions).toMatchObject([{ kind: 'stepUp', ways: [totpWay, emailWay] }])
    expect(world.person.questions).toHaveLength(asked)
    const { changeId, change, stepUp } = world.newest('controls.looseningAsked').payload
    const claims = claimsOf(stepUp!) as StepUpClaims
    expect(claims).toMatchObject({ accountId: robin.accountId, digest: sha256(JSON.stringify({ change: sorted(change), changeId })) })
  })

  it('does not come about without it, and nothing is asked of the gateway', async () => {
    const world = await limited()
    expect(await world.member.through(world.loosen(limitOf('5000')), () => null)).toEqual({ kind: 'declined' })
    const typed = await world.member.through(world.loosen(limitOf('5000')), ({ questionId }) => ({ kind: 'stepUp', questionId, method: 'totp', code: wrongCode }))
    expect(typed).toEqual({ kind: 'declined' })
    expect(world.member.results).toEqual([{ kind: 'wrong', waitMs: 0 }])
    expect(world.eventTypes()).not.toContain('controls.looseningAsked')
    expect(world.newest('stepUp.failed').payload).toMatchObject({ about: 'control', method: 'totp' })
    expect(world.gateway.calls.some((call) => call.startsWith('askLoosening'))).toBe(false)
  })

  it('can have a code sent for it', async () => {
    const world = await limited()
    const asking = world.loosen(limitOf('5000'))
    const { questionId } = await world.member.asked()
    expect(await world.use.sendStepUpCode({ askedId: questionId, method: 'email' })).toEqual({ kind: 'sent' })
    expect(await world.use.questions.answer({ kind: 'stepUp', questionId, method: 'email', code: rightCode })).toEqual({ kind: 'accepted' })
    expect(await asking).toMatchObject({ kind: 'asked' })
    expect(claimsOf(world.newest('controls.looseningAsked').payload.stepUp!)).toMatchObject({ method: 'email', digest: world.gateway.accounts.sent[0]?.digest })
    expect(await world.use.sendStepUpCode({ askedId: questionId, method: 'email' })).toEqual({ kind: 'gone' })
  })

  it('says that it could not be looked at where the gateway does not answer, and the question stands', async () => {
    const world = await limited()
    const asking = world.loosen(limitOf('5000'))
    const { questionId } = await world.member.asked()
    world.gateway.fail('stepUp', notSentProblem)
    expect(await world.use.questions.answer({ kind: 'stepUp', questionId, ...right })).toEqual({ kind: 'unavailable' })
    await expect(world.use.questions.answer({ kind: 'stepUp', questionId, method: 'sms', code: rightCode })).rejects.toThrow('not offered')
    expect(await world.use.questions.answer({ kind: 'stepUp', questionId, ...right })).toEqual({ kind: 'accepted' })
    expect(await asking).toMatchObject({ kind: 'asked' })
  })

  it('is asked in a box as ever where nobody is signed in, and a tighter one always', async () => {
    const signedIn = await limited()
    expect(await signedIn.change(limitOf('500'))).toEqual({ kind: 'done' })
    expect(signedIn.member.questions).toEqual([])
    const world = createBuyingWorld()
    await world.change(limitOf('500'))
    expect(await world.loosen(limitOf('800'))).toMatchObject({ kind: 'asked' })
    expect(world.member.questions).toEqual([])
    expect(world.newest('controls.looseningAsked').payload.stepUp).toBeUndefined()
  })

  it('does not come about where nobody can be asked whose account it is', async () => {
    const world = await limited()
    world.gateway.fail('account', notSentProblem)
    expect(await world.loosen(limitOf('5000'))).toEqual({ kind: 'refused', reason: 'gatewayUnreachable' })
    await nextTurn()
    expect(world.member.questions).toEqual([])
  })
})

describe('P5 P8 the first yes to a looser control in a household', () => {
  const change = { kind: 'limit', period: 'week', sellerId: null, memberId: 'teen', amount: '900' } as const

  async function asking() {
    const world = await createFamilyWorld()
    world.gateway.accounts.signIn()
    world.as('guardian')
    const consents = (question: Question): Reply | null => {
      const { pin, code } = world.ada()
      return question.kind === 'consent' ? { kind: 'consent', questionId: question.questionId, pin, code } : world.member.right(question)
    }
    return { world, consents }
  }

  it('takes the PIN and code of the guardian first, then the second factor of the account, in one window', async () => {
    const { world, consents } = await asking()
    const opened = world.confirmWindow.opened()
    expect(await world.member.through(world.loosen(change), consents)).toMatchObject({ kind: 'asked' })
    expect(world.member.questions.map(({ kind }) => kind)).toEqual(['consent', 'stepUp'])
    expect(world.confirmWindow.opened()).toBe(opened + 1)
    const { actor, payload } = world.newest('controls.looseningAsked')
    expect([actor, typeof payload.stepUp]).toEqual(['guardian', 'string'])
  })

  it('does not come about with one of the two alone', async () => {
    const { world, consents } = await asking()
    expect(await world.member.through(world.loosen(change), (question) => (question.kind === 'stepUp' ? null : consents(question)))).toEqual({ kind: 'declined' })
    expect(await world.member.through(world.loosen(change), () => null)).toEqual({ kind: 'declined' })
    expect(world.eventTypes()).not.toContain('controls.looseningAsked')
  })

  it('is nobody’s where another profile was opened meanwhile', async () => {
    const { world, consents } = await asking()
    const answers = (question: Question) => {
      if (question.kind === 'stepUp') world.as('adult')
      return consents(question)
    }
    expect(await world.member.through(world.loosen(change), answers)).toEqual({ kind: 'declined' })
    expect(world.eventTypes()).not.toContain('controls.looseningAsked')
  })
})

function sorted(change: object): object {
  return Object.fromEntries(Object.entries(change).sort(([one], [other]) => (one < other ? -1 : 1)))
}
