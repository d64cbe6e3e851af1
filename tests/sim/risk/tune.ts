/**
 * `node tests/sim/risk/tune.ts [HOUSEHOLDS]` finds the model's weights on tuning seeds, and writes src/domain/risk/weights.ts. Which purchases are
 * learned depends on the scores, so it is done several times over.
 */
import { writeFileSync } from 'node:fs'
import type { AllWeights, Harm, Weights } from '../../../src/domain/risk/harm.ts'
import { observe } from '../../../src/domain/risk/observe.ts'
import { newProfile } from '../../../src/domain/risk/profile.ts'
import { readPurchase } from '../../../src/domain/risk/read-purchase.ts'
import type { SignCode } from '../../../src/domain/risk/signs.ts'
import { weights as current } from '../../../src/domain/risk/weights.ts'
import { figuresOf, tryOut } from './evaluate.ts'
import { fitWeights, type Sample } from './fit-weights.ts'
import { modelMethod } from './methods.ts'
import { simulateHousehold, tuningSeeds } from './simulate-household.ts'
import { dayMs } from './wishes.ts'

const stranger: readonly SignCode[] = ['amountHigh', 'amountLow', 'unitPriceHigh', 'hourUnusual', 'weekdayUnusual', 'sellerNew', 'kindNew', 'currencyNew', 'longPause', 'soonAgain', 'manyInMinutes', 'longSitting', 'manyInDay', 'spentInDay', 'afterDeclines', 'wrongPins', 'wrongCodes', 'newDevice', 'latelyUnlike', 'oftenUnlike', 'hoursUnlike', 'sellersUnlike', 'rareTogether', 'saidNotMe']
const regretted: readonly SignCode[] = ['amountHigh', 'amountsGrown', 'soonAgain', 'manyInMinutes', 'longSitting', 'manyInDay', 'manyInWeek', 'aheadOfPace', 'manyDays', 'spentInDay', 'spentInWeek', 'sameAgain', 'smallCharges', 'afterWarning', 'afterCap', 'hourUnusual']

const terms: Record<Harm, { signs: readonly SignCode[]; pairs: readonly (readonly [SignCode, SignCode])[] }> = {
  takeover: {
    signs: stranger,
    pairs: [
      ['sellerNew', 'amountHigh'],
      ['sellerNew', 'hourUnusual'],
      ['sellerNew', 'latelyUnlike'],
      ['sellerNew', 'spentInDay'],
      ['hourUnusual', 'latelyUnlike'],
      ['hourUnusual', 'amountHigh'],
      ['wrongPins', 'sellerNew'],
      ['wrongPins', 'hourUnusual'],
      ['newDevice', 'sellerNew'],
      ['newDevice', 'amountHigh'],
      ['newDevice', 'hourUnusual'],
      ['latelyUnlike', 'manyInDay'],
      ['oftenUnlike', 'latelyUnlike'],
      ['hoursUnlike', 'sellersUnlike'],
      ['hoursUnlike', 'latelyUnlike'],
      ['hoursUnlike', 'amountHigh'],
      ['hoursUnlike', 'amountLow'],
      ['hoursUnlike', 'sellerNew'],
      ['oftenUnlike', 'sellerNew'],
      ['oftenUnlike', 'hourUnusual'],
      ['oftenUnlike', 'amountHigh'],
      ['amountLow', 'sellerNew'],
      ['amountLow', 'hourUnusual'],
      ['amountHigh', 'latelyUnlike'],
      ['wrongPins', 'latelyUnlike'],
      ['newDevice', 'latelyUnlike'],
    ],
  },
  burst: {
    signs: regretted,
    pairs: [
      ['afterCap', 'soonAgain'],
      ['afterCap', 'manyInDay'],
      ['afterWarning', 'soonAgain'],
      ['afterWarning', 'manyInDay'],
      ['sameAgain', 'smallCharges'],
      ['sameAgain', 'manyInDay'],
      ['manyInDay', 'manyInWeek'],
      ['manyInMinutes', 'manyInDay'],
      ['longSitting', 'manyInMinutes'],
      ['longSitting', 'manyInDay'],
      ['longSitting', 'aheadOfPace'],
      ['longSitting', 'hourUnusual'],
      ['manyInWeek', 'spentInWeek'],
      ['manyDays', 'manyInWeek'],
      ['manyDays', 'aheadOfPace'],
      ['aheadOfPace', 'manyInDay'],
      ['aheadOfPace', 'manyInWeek'],
      ['aheadOfPace', 'spentInWeek'],
    ],
  },
}

/** The first purchases of a burst count for more: what is noticed late has cost most already. */
const early: Record<Harm, readonly number[]> = { takeover: [], burst: [2, 3, 4, 4, 2] }

function samplesOf(harm: Harm, seeds: readonly number[], of: AllWeights): Sample[] {
  const { signs, pairs } = terms[harm]
  return seeds.flatMap((seed) => {
    const { steps, episodes } = simulateHousehold(seed)
    const spans = episodes.map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs + 7 * dayMs }))
    let [profile, nth] = [newProfile, 0]
    return steps.flatMap(({ observation, truth }) => {
      const before = profile
      profile = observe(before, observation, of).profile
      if (observation.type !== 'purchase') return []
      const atMs = observation.atMs ?? 0
      const isHarm = truth === harm
      const isAside = spans.some(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs)
      if (!isHarm && (truth !== 'own' || isAside)) return []
      const { signals } = readPurchase(before, observation)
      const strength = (code: SignCode) => signals.find(({ sign }) => sign.code === code)?.strength ?? 0
      const strengths = [...signs.map(strength), ...pairs.map(([one, other]) => strength(one) * strength(other))]
      return [{ strengths, isHarm, weight: isHarm ? (early[harm][nth++] ?? 1) : 1 }]
    })
  })
}

const fixed = (value: number) => Number(value.toFixed(3))
/** What nobody simulates yet, or cannot: set by hand. */
const byHand: Record<Harm, readonly (readonly [SignCode, number])[]> = {
  takeover: [
    ['wrongCodes', 3],
    ['saidNotMe', 1.5],
  ],
  burst: [],
}

function fit(harm: Harm, seeds: readonly number[], of: AllWeights): Weights {
  const { signs, pairs } = terms[harm]
  const { bias, weights } = fitWeights(samplesOf(harm, seeds, of))
  const found = signs.map((code, index) => [code, fixed(weights[index] ?? 0)] as const).filter(([code, weight]) => weight > 0 && !byHand[harm].some(([one]) => one === code))
  const both = pairs.map(([one, other], index) => [one, other, fixed(weights[signs.length + index] ?? 0)] as const).filter(([, , weight]) => weight > 0)
  return { bias: fixed(bias), signs: [...found, ...byHand[harm]], pairs: both }
}

const literal = ({ bias, signs, pairs }: Weights) => {
  const list = (rows: readonly (readonly (string | number)[])[]) => (rows.length === 0 ? '[]' : `[\n${rows.map((row) => `      [${row.map((part) => (typeof part === 'string' ? `'${part}'` : part)).join(', ')}],\n`).join('')}    ]`)
  return `{\n    bias: ${bias},\n    signs: ${list(signs)},\n    pairs: ${list(pairs)},\n  }`
}

function main(): void {
  const seeds = tuningSeeds(Number(process.argv[2] ?? 600))
  let of = current
  for (let round = 0; round < 2; round += 1) {
    of = { takeover: fit('takeover', seeds, of), burst: fit('burst', seeds, of) }
    const trials = tryOut(modelMethod(of), seeds)
    console.log(round, { takeover: figuresOf(trials.takeover), burst: figuresOf(trials.burst) })
  }
  const file = new URL('../../../src/domain/risk/weights.ts', import.meta.url)
  const source = `node tests/sim/risk/tune.ts ${seeds.length}`
  writeFileSync(
    file,
    `/** Made by \`${source}\` on simulated households (tuning seeds), except wrongCodes and saidNotMe, which are set by hand. Change the script, not this file. */\nimport type { AllWeights } from './harm.ts'\n\nexport const weights: AllWeights = {\n  takeover: ${literal(of.takeover)},\n  burst: ${literal(of.burst)},\n}\n`,
  )
}

main()
