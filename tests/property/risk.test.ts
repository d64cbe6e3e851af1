/** What holds for the risk model whatever is bought. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/domain/canonical.ts'
import { bandOf, bands, highestBand, usualThresholds } from '../../src/domain/risk/bands.ts'
import { observe } from '../../src/domain/risk/observe.ts'
import { newProfile, type RiskProfile } from '../../src/domain/risk/profile.ts'
import { readPurchase } from '../../src/domain/risk/read-purchase.ts'
import { scoreReading } from '../../src/domain/risk/score-reading.ts'
import { arbitraryObservations, profileAfter, riskPurchase, steadyYear } from '../support/risk-purchases.ts'

const mostBytes = 100_000
const restored = (profile: RiskProfile) => JSON.parse(canonicalJson(profile)) as RiskProfile

describe('reasons', () => {
  it('are worked out: without the sign that is named the score is lower, by as much as is said', () => {
    let seen = 0
    fc.assert(
      fc.property(arbitraryObservations, (observations) => {
        let profile = profileAfter(steadyYear(20))
        for (const observation of observations) {
          if (observation.type === 'purchase') {
            const { signals } = readPurchase(profile, observation)
            const score = scoreReading({ signals }, profile.tolerance)
            for (const { harm, effect, sign } of score.reasons) {
              const without = scoreReading({ signals: signals.filter((one) => one.sign.code !== sign.code) }, profile.tolerance)
              expect(without[harm]).toBeLessThan(score[harm])
              expect(score[harm] - without[harm]).toBeCloseTo(effect, 9)
              seen += 1
            }
          }
          profile = observe(profile, observation).profile
        }
      }),
      { numRuns: 60 },
    )
    expect(seen).toBeGreaterThan(300)
  })

  it('there are some for every score that leads to anything, and the first is the one that matters most', () => {
    fc.assert(
      fc.property(arbitraryObservations, (observations) => {
        let profile = profileAfter(steadyYear(20))
        for (const observation of observations) {
          const { score, profile: after } = observe(profile, observation)
          profile = after
          if (!score) continue
          const effects = score.reasons.map(({ effect }) => effect)
          expect(effects).toEqual([...effects].sort((one, other) => other - one))
          if (highestBand(score, usualThresholds) !== 'nothing') expect(effects.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is remembered', () => {
  it('is plain JSON: put away and taken out at any point, everything after is the same', () => {
    fc.assert(
      fc.property(arbitraryObservations, (observations) => {
        let [kept, rebuilt] = [newProfile, newProfile]
        for (const observation of observations) {
          const one = observe(kept, observation)
          const other = observe(restored(rebuilt), observation)
          expect(other.score).toEqual(one.score)
          ;[kept, rebuilt] = [one.profile, other.profile]
        }
        expect(canonicalJson(rebuilt)).toBe(canonicalJson(kept))
      }),
      { numRuns: 60 },
    )
  })

  it('has a canonical form, whatever characters a name is cut in', () => {
    const purchase = riskPurchase(Date.UTC(2026, 0, 1), { id: `i${'😀'.repeat(80)}`, seller: `x${'😀'.repeat(80)}`, kind: '\uD83D', paidIn: '\uDE00', item: '\uDE00', amount: 90_000 })
    expect(() => canonicalJson(profileAfter([purchase], profileAfter(steadyYear(20))))).not.toThrow()
  })

  it('stays within 100 kB, whatever names and however many purchases come', () => {
    let profile = newProfile
    for (let turn = 0; turn < 1_500; turn += 1) {
      const name = String.fromCharCode(0x2603 + (turn % 50)).repeat(300) + String(turn)
      const purchase = riskPurchase(Date.UTC(2026, 0, 1) + turn * 3_600_000, { id: name, seller: name, kind: name, item: name, currency: `C${turn % 90}`, paidIn: name, amount: 1 + 37 * turn })
      profile = observe(profile, purchase).profile
      profile = observe(profile, { type: 'accessTried', atMs: null, withCode: turn % 2 === 0 }).profile
    }
    expect(Buffer.byteLength(JSON.stringify(profile))).toBeLessThanOrEqual(mostBytes)
  })
})

describe('a score', () => {
  it('is a probability, never lower for a sign that is stronger', () => {
    fc.assert(
      fc.property(arbitraryObservations, fc.nat(30), (observations, which) => {
        let profile = newProfile
        for (const observation of observations) {
          const before = profile
          const { score, profile: after } = observe(before, observation)
          profile = after
          if (observation.type !== 'purchase' || !score) continue
          for (const value of [score.takeover, score.burst]) expect(value >= 0 && value <= 1).toBe(true)
          const { signals } = readPurchase(before, observation)
          const stronger = signals.map((one, index) => (index === which % signals.length ? { ...one, strength: 1 } : one))
          const raised = scoreReading({ signals: stronger }, before.tolerance)
          expect(raised.takeover).toBeGreaterThanOrEqual(score.takeover)
          expect(raised.burst).toBeGreaterThanOrEqual(score.burst)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('leads to no lower band where it is higher, or where a threshold is lower', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(share, share, fc.tuple(share, share, share), share, (one, other, limits, factor) => {
        const [note = 0, pause = 0, alert = 0] = [...limits].sort((a, b) => a - b)
        const thresholds = { note, pause, alert }
        const rank = (score: number, of = thresholds) => bands.indexOf(bandOf(score, of))
        expect(rank(Math.max(one, other))).toBeGreaterThanOrEqual(rank(Math.min(one, other)))
        expect(rank(one, { note: note * factor, pause: pause * factor, alert: alert * factor })).toBeGreaterThanOrEqual(rank(one))
      }),
    )
  })
})
