import { describe, expect, it } from 'vitest'
import { beginPolling, isOver, type NextPoll, nextPoll, type PollAnswer } from '../../../src/domain/polling.ts'

const begun = beginPolling({ intervalMs: 5_000, expiresInMs: 600_000 }, 1_000)

/** Each answer comes as soon as it was asked for. */
function after(answers: readonly PollAnswer[]): { next: NextPoll; pauses: number[] } {
  let [next, nowMs] = [begun, 1_000]
  const pauses: number[] = []
  for (const answer of answers) {
    if (next.kind === 'end') break
    nowMs += next.afterMs
    pauses.push(next.afterMs)
    next = nextPoll(next.polling, answer, nowMs)
  }
  return { next, pauses }
}
const pauses = (...answers: PollAnswer[]) => after([...answers, 'pending']).pauses

describe('asking whether the person has said yes (RFC 8628 §3.5)', () => {
  it('begins one interval after the code, and goes on at that pace', () => {
    expect(pauses('pending', 'pending')).toEqual([5_000, 5_000, 5_000])
  })

  it('is 5 s slower after each slow_down, and stays so', () => {
    expect(pauses('slowDown', 'pending', 'slowDown', 'pending')).toEqual([5_000, 10_000, 10_000, 15_000, 15_000])
  })

  it('waits twice as long after each failure, up to a minute, and is back at its pace once somebody answers', () => {
    expect(pauses('failed', 'failed', 'failed', 'failed', 'failed', 'pending', 'pending')).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000, 5_000, 5_000])
  })

  it('never asks sooner after a failure than the gateway wants', () => {
    const slow = Array.from({ length: 12 }, () => 'slowDown' as const)
    expect(pauses(...slow, 'failed').at(-1)).toBe(65_000)
  })

  it.each(['denied', 'expired', 'refused'] as const)('ends with %s', (answer) => {
    expect(after(['pending', answer]).next).toEqual({ kind: 'end', end: answer })
  })

  it('ends when the code has run out, to the millisecond, whatever the gateway says', () => {
    if (begun.kind !== 'ask') throw new Error(begun.kind)
    expect([isOver(begun.polling, 600_999), isOver(begun.polling, 601_000)]).toEqual([false, true])
    expect(nextPoll(begun.polling, 'pending', 600_999).kind).toBe('ask')
    for (const answer of ['pending', 'slowDown', 'failed'] as const) expect(nextPoll(begun.polling, answer, 601_000)).toEqual({ kind: 'end', end: 'expired' })
  })
})
