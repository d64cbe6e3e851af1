import { describe, expect, it } from 'vitest'
import { observe, scorePurchase } from '../../../../src/domain/risk/observe.ts'
import { newProfile } from '../../../../src/domain/risk/profile.ts'
import type { RiskScore } from '../../../../src/domain/risk/score-reading.ts'
import { dayMs, minuteMs, mondayMs, profileAfter, riskPurchase, steadyYear } from '../../../support/risk-purchases.ts'

const known = profileAfter(steadyYear(60))
/** An evening on which the person would buy anyway. */
const eveningMs = mondayMs + 120 * dayMs + 19 * 60 * minuteMs
const usual = riskPurchase(eveningMs)
const strange = riskPurchase(eveningMs - 15 * 60 * minuteMs, { seller: 'who', amount: 9_999, item: 'chest' })

const codesOf = ({ reasons }: RiskScore, harm: 'takeover' | 'burst') => reasons.filter((one) => one.harm === harm).map(({ sign }) => sign.code)

describe('somebody else', () => {
  it('is told from the person by seller, hour and amount together, with the numbers', () => {
    expect(scorePurchase(known, usual).takeover).toBeLessThan(0.03)
    const score = scorePurchase(known, strange)
    expect(score.takeover).toBeGreaterThan(0.2)
    const high = score.reasons.find(({ sign }) => sign.code === 'amountHigh')?.sign
    expect(high).toMatchObject({ amount: 9_999, currency: 'EUR' })
    expect(high?.code === 'amountHigh' && high.usual).toBeGreaterThan(400)
    expect(high?.code === 'amountHigh' && high.usual).toBeLessThan(600)
  })

  it.each([
    ['the seller is known', { seller: 'nebula' }],
    ['the amount is usual', { amount: 499 }],
    ['the hour is usual', { minuteOfWeek: usual.minuteOfWeek }],
  ])('is less likely where %s', (_, change) => {
    expect(scorePurchase(known, { ...strange, ...change }).takeover).toBeLessThan(scorePurchase(known, strange).takeover)
  })

  it.each([
    ['wrong PINs', { type: 'accessTried', atMs: strange.atMs, withCode: false }],
    ['wrong codes', { type: 'accessTried', atMs: strange.atMs, withCode: true }],
    ['a new device', { type: 'newDevice', atMs: strange.atMs }],
    ['declined charges', { type: 'declined', atMs: strange.atMs }],
  ] as const)('is more likely after %s', (_, observation) => {
    expect(scorePurchase(profileAfter([observation], known), strange).takeover).toBeGreaterThan(scorePurchase(known, strange).takeover)
  })

  it('is no likelier after a PIN that was right', () => {
    const tried = profileAfter([{ type: 'accessTried', atMs: strange.atMs, withCode: false }, { type: 'accessGranted', atMs: strange.atMs, withCode: false }], known)
    expect(scorePurchase(tried, strange)).toEqual(scorePurchase({ ...known, newestMs: tried.newestMs }, strange))
  })

  it('shows by a row of purchases none of which says much alone', () => {
    const little = (turn: number) => riskPurchase(eveningMs + turn * dayMs - 6 * 60 * minuteMs, { seller: turn % 2 === 0 ? 'drift' : 'other', amount: 699, item: 'box' })
    const scores: number[] = []
    let profile = known
    for (let turn = 0; turn < 5; turn += 1) {
      const { profile: after, score } = observe(profile, little(turn))
      profile = after
      scores.push(score?.takeover ?? 0)
    }
    expect(scores[0]).toBeLessThan(0.3)
    expect(scores[3]).toBeGreaterThan(2 * (scores[0] ?? 1))
  })
})

describe('a burst', () => {
  const gem = (turn: number) => riskPurchase(eveningMs + turn * minuteMs, { item: 'gems', amount: 99 })
  const afterGems = (count: number, from = known) => profileAfter(Array.from({ length: count }, (_, turn) => gem(turn)), from)

  it('is noticed by the ninth gem in ten minutes, and says how many there are and how many are usual', () => {
    const { reasons, burst } = scorePurchase(afterGems(8), gem(8))
    expect(burst).toBeGreaterThan(0.5)
    expect(reasons.map(({ sign }) => sign)).toContainEqual(expect.objectContaining({ count: 9 }))
  })

  it('grows with every purchase, and the first is none', () => {
    const scores = [0, 2, 4, 8].map((before) => scorePurchase(afterGems(before), gem(before)).burst)
    expect(scores[0]).toBeLessThan(0.05)
    expect(scores).toEqual([...scores].sort((one, other) => one - other))
  })

  it('is likelier right after a limit was used up, and says so', () => {
    const capped = profileAfter([{ type: 'capReached', atMs: eveningMs - minuteMs }], known)
    const score = scorePurchase(capped, usual)
    expect(score.burst).toBeGreaterThan(scorePurchase(known, usual).burst * 3)
    expect(codesOf(score, 'burst')).toContain('afterCap')
  })

  it('is what it is whoever says that it was them', () => {
    const answered = profileAfter([{ type: 'feedback', atMs: null, purchaseId: gem(5).id, answer: 'me' }], afterGems(6))
    expect(scorePurchase(answered, gem(6)).burst).toBe(scorePurchase(afterGems(6), gem(6)).burst)
  })
})

describe('answers teach', () => {
  const after = observe(known, strange).profile
  const answered = (answer: 'me' | 'notMe') => profileAfter([{ type: 'feedback', atMs: null, purchaseId: strange.id, answer }], after)
  const alike = { ...strange, id: 'again', atMs: (strange.atMs ?? 0) + 7 * dayMs }

  it('“this was me”: the like scores lower from then on, and another stranger still scores high', () => {
    expect(scorePurchase(answered('me'), alike).takeover).toBeLessThan(scorePurchase(after, alike).takeover)
    expect(scorePurchase(answered('me'), { ...alike, seller: 'nobody', amount: 19_999 }).takeover).toBeGreaterThan(0.1)
  })

  it('“this was not me”: the like scores higher', () => {
    expect(scorePurchase(answered('notMe'), alike).takeover).toBeGreaterThan(scorePurchase(after, alike).takeover)
  })

  it('no number of answers takes more than half from a sign', () => {
    let profile = known
    for (let turn = 0; turn < 40; turn += 1) {
      const purchase = { ...strange, id: `s${turn}`, atMs: (strange.atMs ?? 0) + turn * dayMs, seller: `who-${turn}` }
      profile = profileAfter([purchase, { type: 'feedback', atMs: null, purchaseId: purchase.id, answer: 'me' }], profile)
    }
    expect(profile.tolerance.length).toBeGreaterThan(0)
    for (const [, factor] of profile.tolerance) expect(factor).toBeGreaterThanOrEqual(0.5)
  })

  it('about a purchase that is not known change nothing that is forgiven', () => {
    expect(profileAfter([{ type: 'feedback', atMs: null, purchaseId: 'never', answer: 'me' }], after)).toEqual(after)
  })
})

describe('the first purchase', () => {
  it('is scored, low, and one that is enormous higher', () => {
    const first = scorePurchase(newProfile, usual)
    const enormous = scorePurchase(newProfile, { ...usual, amount: 50_000 })
    expect(Math.max(first.takeover, first.burst)).toBeLessThan(0.05)
    expect(enormous.takeover).toBeGreaterThan(first.takeover)
  })
})

describe('time', () => {
  it('never goes backwards: a purchase dated before the newest counts at the newest', () => {
    const late = profileAfter([riskPurchase(eveningMs)], known)
    const back = observe(late, riskPurchase(eveningMs - 30 * dayMs, { id: 'back' })).profile
    expect(back.newestMs).toBe(late.newestMs)
    expect(back.recent.at(-1)?.[0]).toBe(late.newestMs)
  })

  it('is the newest that is known where an observation has none', () => {
    const tried = profileAfter([{ type: 'accessTried', atMs: null, withCode: false }], known)
    expect(tried.wrongPins).toEqual([known.newestMs])
    expect(tried.newestMs).toBe(known.newestMs)
  })
})
