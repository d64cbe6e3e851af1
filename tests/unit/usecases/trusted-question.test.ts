import { describe, expect, it } from 'vitest'
import type { Question, Reply, ReplyResult } from '../../../src/contract/ipc/confirm.ts'
import { questionLifeMs } from '../../../src/main/usecases/trusted-question.ts'
import { createHouseholdWorld, type HouseholdWorld } from '../../support/household-world.ts'

const who = { memberId: 'm', name: 'Ada', role: 'guardian' } as const
const accept = (): ReplyResult => ({ kind: 'accepted' })
const pinQuestion = { kind: 'pin', who } as const

/** A question is open, and the window has been calm for long enough. */
function open(world: HouseholdWorld, check: () => ReplyResult | Promise<ReplyResult> = accept) {
  const dialogue = world.use.questions.begin()
  if (!dialogue) throw new Error('busy')
  const answered = dialogue.ask(pinQuestion, check)
  world.clock.advance(500)
  return { dialogue, answered, reply: replyTo(world) }
}

function replyTo(world: HouseholdWorld): Reply {
  const { questionId } = world.use.questions.current() as Question
  return { kind: 'pin', questionId, pin: '2580' }
}

describe('a question in the trusted window', () => {
  it('ends with the answer that was accepted', async () => {
    const world = createHouseholdWorld()
    const { dialogue, answered, reply } = open(world)
    expect(world.confirmWindow.isOpen()).toBe(true)
    expect(await world.use.questions.answer(reply)).toEqual({ kind: 'accepted' })
    expect(await answered).toEqual(reply)
    expect(world.use.questions.current()).toBeNull()
    dialogue.close()
    expect(world.confirmWindow.isOpen()).toBe(false)
  })

  it('goes on where the answer was not right', async () => {
    const world = createHouseholdWorld()
    const results: ReplyResult[] = [{ kind: 'wrong', waitMs: 0 }, { kind: 'accepted' }]
    const { answered, reply } = open(world, () => results.shift() ?? { kind: 'unavailable' })
    expect(await world.use.questions.answer(reply)).toEqual({ kind: 'wrong', waitMs: 0 })
    expect(world.use.questions.current()).not.toBeNull()
    await world.use.questions.answer(reply)
    expect(await answered).toEqual(reply)
  })

  it('is followed by another one in the same window, which the page is told', async () => {
    const world = createHouseholdWorld()
    const { dialogue, answered, reply } = open(world)
    await world.use.questions.answer(reply)
    await answered
    expect(world.counts.questionChanged).toBe(0)
    const next = dialogue.ask({ kind: 'recoveryCodes', name: 'Ada', codes: ['A'] }, accept)
    expect(world.counts.questionChanged).toBe(1)
    expect(world.confirmWindow.opened()).toBe(1)
    expect(world.use.questions.current()).toMatchObject({ kind: 'recoveryCodes' })
    dialogue.close()
    expect(await next).toBeNull()
  })

  it('P1 takes no answer before the window, and the question, have been there for 500 ms', async () => {
    const world = createHouseholdWorld()
    const { dialogue, answered, reply } = open(world)
    world.confirmWindow.disturb()
    world.clock.advance(499)
    expect(await world.use.questions.answer(reply)).toEqual({ kind: 'tooSoon' })
    world.clock.advance(1)
    await world.use.questions.answer(reply)
    await answered
    void dialogue.ask(pinQuestion, accept)
    world.clock.advance(499)
    expect(await world.use.questions.answer(replyTo(world))).toEqual({ kind: 'tooSoon' })
    world.clock.advance(1)
    expect(await world.use.questions.answer(replyTo(world))).toEqual({ kind: 'accepted' })
  })

  it('P1 takes no answer to another question, of another kind, or once it was answered', async () => {
    const world = createHouseholdWorld()
    await expect(world.use.questions.answer({ kind: 'pin', questionId: 'question-1', pin: '2580' })).rejects.toThrow('not asked')
    const { reply, answered } = open(world)
    await expect(world.use.questions.answer({ ...reply, questionId: 'another' } as Reply)).rejects.toThrow('not asked')
    await expect(world.use.questions.answer({ kind: 'recoveryCodes', questionId: reply.questionId })).rejects.toThrow('not asked')
    await world.use.questions.answer(reply)
    await answered
    await expect(world.use.questions.answer(reply)).rejects.toThrow('not asked')
  })

  it('is checked once at a time', async () => {
    const world = createHouseholdWorld()
    const checked = Promise.withResolvers<ReplyResult>()
    const { reply } = open(world, () => checked.promise)
    const first = world.use.questions.answer(reply)
    expect(await world.use.questions.answer(reply)).toEqual({ kind: 'tooSoon' })
    checked.resolve({ kind: 'accepted' })
    expect(await first).toEqual({ kind: 'accepted' })
  })

  it.each<[string, (world: HouseholdWorld, questionId: string) => void]>([
    ['cancelled', (world, questionId) => world.use.questions.cancel({ questionId })],
    ['closed with the window', (world) => world.confirmWindow.closeByPerson()],
    ['not answered for five minutes', (world) => (world.clock.advance(questionLifeMs), world.clock.wake())],
    ['not answered while the computer slept', (world) => (world.clock.suspend(questionLifeMs), world.clock.advance(1_000), world.clock.wake())],
  ])('that is %s has no answer, and nothing more is asked', async (_, end) => {
    const world = createHouseholdWorld()
    const { dialogue, answered, reply } = open(world)
    end(world, reply.questionId)
    expect(await answered).toBeNull()
    expect(await dialogue.ask(pinQuestion, accept)).toBeNull()
    expect(world.confirmWindow.isOpen()).toBe(false)
    expect(world.use.questions.current()).toBeNull()
    expect(world.use.pending.reserve()).toBe(true)
  })

  it('stays until five minutes are over, by no clock that was set back', async () => {
    const world = createHouseholdWorld()
    const { answered } = open(world)
    world.clock.set(0)
    world.clock.advance(questionLifeMs - 501)
    world.clock.wake()
    expect(world.use.questions.current()).not.toBeNull()
    world.clock.advance(1_000)
    world.clock.wake()
    expect(await answered).toBeNull()
  })

  it('P1 that was closed while its answer was looked at was not answered', async () => {
    const world = createHouseholdWorld()
    const checked = Promise.withResolvers<ReplyResult>()
    const { answered, reply } = open(world, () => checked.promise)
    const result = world.use.questions.answer(reply)
    world.confirmWindow.closeByPerson()
    expect(await answered).toBeNull()
    const next = open(world).reply
    checked.resolve({ kind: 'accepted' })
    await result
    expect(world.use.questions.current()?.questionId).toBe(next.questionId)
  })

  it('is not closed by a late word about an earlier one', () => {
    const world = createHouseholdWorld()
    open(world)
    world.use.questions.cancel({ questionId: 'earlier' })
    expect(world.use.questions.current()).not.toBeNull()
  })

  it('is not asked while a purchase is, nor a purchase meanwhile', () => {
    const world = createHouseholdWorld()
    world.use.pending.reserve()
    expect(world.use.questions.begin()).toBeNull()
    world.use.pending.release()
    const dialogue = world.use.questions.begin()
    expect(world.use.pending.reserve()).toBe(false)
    expect(world.use.questions.begin()).toBeNull()
    dialogue?.close()
    dialogue?.close()
    expect(world.use.pending.reserve()).toBe(true)
  })

  it('closes the window that still tells what became of a purchase', async () => {
    const world = createHouseholdWorld()
    let isClosed = false
    await world.confirmWindow.open(() => void (isClosed = true))
    open(world)
    expect(isClosed).toBe(true)
    expect(world.confirmWindow.isOpen()).toBe(true)
  })

  it('that was closed while its window loaded is not reported as one that failed', async () => {
    const world = createHouseholdWorld()
    world.confirmWindow.failNext(new Error('closed while it loaded'))
    const { dialogue, answered } = open(world)
    dialogue.close()
    const next = world.use.questions.begin()
    expect(await answered).toBeNull()
    expect(world.unexpected).toEqual([])
    expect(next?.ask(pinQuestion, accept)).toBeDefined()
    expect(world.use.questions.current()).not.toBeNull()
  })

  it('whose window fails was not answered, and why is reported', async () => {
    const world = createHouseholdWorld()
    const failure = new Error('no window')
    world.confirmWindow.failNext(failure)
    expect(await open(world).answered).toBeNull()
    expect(world.unexpected).toEqual([failure])
    expect(world.use.pending.reserve()).toBe(true)
  })
})
