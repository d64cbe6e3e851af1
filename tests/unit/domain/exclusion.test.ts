import { describe, expect, it } from 'vitest'
import { type Exclusion, exclusionEnd, type ExclusionLength, exclusionState, returnCoolingOffMs } from '../../../src/domain/exclusion.ts'

const at = (text: string) => Date.parse(text)

describe('an exclusion', () => {
  it.each<[ExclusionLength, string, string]>([
    ['24hours', '2026-03-28T23:30:00.000Z', '2026-03-29T23:30:00.000Z'],
    ['7days', '2026-12-28T09:00:00.000Z', '2027-01-04T09:00:00.000Z'],
    ['30days', '2026-01-31T09:00:00.000Z', '2026-03-02T09:00:00.000Z'],
    ['6months', '2026-08-31T09:00:00.000Z', '2027-02-28T09:00:00.000Z'],
    ['6months', '2027-08-31T09:00:00.000Z', '2028-02-29T09:00:00.000Z'],
    ['1year', '2028-02-29T09:00:00.000Z', '2029-02-28T09:00:00.000Z'],
    ['5years', '2026-11-23T09:00:00.123Z', '2031-11-23T09:00:00.123Z'],
  ])('P5 of %s from %s on lasts until %s', (length, begins, ends) => {
    expect(new Date(exclusionEnd(length, at(begins))).toISOString()).toBe(ends)
  })

  const begunAt = '2026-11-23T09:00:00.000Z'
  const until = '2026-11-30T09:00:00.000Z'
  const running: Exclusion = { begunAt, until, returnAskedAt: null }
  const askedAt = '2026-12-05T12:00:00.000Z'
  const asked: Exclusion = { ...running, returnAskedAt: askedAt }
  const actsAt = '2026-12-06T12:00:00.000Z'

  it('is none where there is none', () => {
    expect(exclusionState(null, null)).toEqual({ kind: 'none' })
    expect(exclusionState(null, 0)).toEqual({ kind: 'none' })
  })

  it('P5 runs up to its last millisecond by the time of the gateway, and does not end by itself', () => {
    expect(exclusionState(running, at(until) - 1)).toEqual({ kind: 'running', until })
    expect(exclusionState(running, at(until))).toEqual({ kind: 'ended', until })
    expect(exclusionState(running, at('2099-01-01T00:00:00Z'))).toEqual({ kind: 'ended', until })
  })

  it('P5 runs also before it begins, as where a clock went back', () => {
    expect(exclusionState(running, at(begunAt) - 1)).toEqual({ kind: 'running', until })
  })

  it('P5 is over only a day after the new yes', () => {
    expect(returnCoolingOffMs).toBe(86_400_000)
    expect(exclusionState(asked, at(askedAt))).toEqual({ kind: 'coolingOff', until: actsAt })
    expect(exclusionState(asked, at(actsAt) - 1)).toEqual({ kind: 'coolingOff', until: actsAt })
    expect(exclusionState(asked, at(actsAt))).toEqual({ kind: 'none' })
  })

  it('P5 has not ended while nobody knows the time of the gateway', () => {
    expect(exclusionState(running, null)).toEqual({ kind: 'running', until })
    expect(exclusionState(asked, null)).toEqual({ kind: 'coolingOff', until: actsAt })
  })
})
