/**
 * `npm run risk:report -- [--households N] [--resamples N] [--write]` measures the model and what it is compared with on reporting seeds, which nothing
 * was tuned on, and prints the figures; `--write` puts them into docs/RISK.md. Exit code 1 where a goal is missed, which the figures say as well.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Harm, harms } from '../../../src/domain/risk/harm.ts'
import { createChance } from './chance.ts'
import { alarmsAt, budget, type Figures, figuresOf, type Found, thresholdAt, type Trial, type Trials, tryOut } from './evaluate.ts'
import { householdKinds } from './habits.ts'
import { forestMethod, type Method, modelMethod, robustMethod, thresholdMethod } from './methods.ts'
import { reportingSeeds, tuningSeeds } from './simulate-household.ts'

/** The forest is trained on purchases of so many tuning households. */
export const forestHouseholds = 60

interface Measured {
  readonly name: string
  readonly trials: Trials
}

type Interval = readonly [low: number, high: number]

/** 95 % of what comes out when households are drawn again and again from those that there are. Source: B. Efron, Annals of Statistics 7, 1979. */
function intervals(trials: readonly Trial[], resamples: number): Record<keyof Figures, Interval> {
  const chance = createChance(1979)
  const drawn = Array.from({ length: resamples }, () => figuresOf(trials.map(() => chance.pick(trials))))
  const of = (name: keyof Figures): Interval => {
    const sorted = drawn.map((figures) => figures[name]).sort((one, other) => one - other)
    return [sorted[Math.floor(0.025 * resamples)] ?? Number.NaN, sorted[Math.floor(0.975 * resamples)] ?? Number.NaN]
  }
  const names = ['auc', 'aucOfWeeks', 'recall', 'byFourth', 'purchases', 'cents', 'confused'] as const
  return Object.fromEntries(names.map((name) => [name, of(name)])) as unknown as Record<keyof Figures, Interval>
}

const two = (value: number) => value.toFixed(3)
const percent = (value: number) => `${(100 * value).toFixed(0)} %`
const euros = (cents: number) => `€${(cents / 100).toFixed(2)}`

function rowOf(name: string, trials: readonly Trial[], resamples: number): string {
  const figures = figuresOf(trials)
  const range = intervals(trials, resamples)
  const cell = (which: keyof Figures, words: (value: number) => string) => `${words(figures[which])} (${words(range[which][0])} to ${words(range[which][1])})`
  return `| ${name} | ${cell('auc', two)} | ${cell('aucOfWeeks', two)} | ${cell('recall', percent)} | ${cell('byFourth', percent)} | ${cell('purchases', String)} | ${cell('cents', euros)} |`
}

function tableOf(harm: Harm, all: readonly Measured[], resamples: number): string {
  const head = `| ${harm} | ROC AUC, purchases | ROC AUC, weeks | recall | by the 4th purchase | purchases until the alarm | money until the alarm |\n|---|---|---|---|---|---|---|`
  return [head, ...all.map(({ name, trials }) => rowOf(name, trials[harm], resamples))].join('\n')
}

function kindTable(harm: Harm, trials: readonly Trial[]): string {
  const threshold = thresholdAt(trials, budget)
  const kinds = [...new Set(trials.flatMap(({ episodes }) => episodes.map(({ kind }) => kind)))].sort()
  const rows = kinds.map((kind) => {
    const figures = figuresOf(trials.map((one) => ({ ...one, episodes: one.episodes.filter((episode: Found) => episode.kind === kind) })), threshold)
    const count = trials.reduce((sum, { episodes }) => sum + episodes.filter((episode) => episode.kind === kind).length, 0)
    return `| ${kind} | ${count} | ${two(figures.auc)} | ${percent(figures.recall)} | ${percent(figures.byFourth)} |`
  })
  return ['| kind | episodes | ROC AUC, purchases | recall | by the 4th purchase |', '|---|---|---|---|---|', ...rows].join('\n')
}

function alarmTable(trials: Trials): string {
  const rates = (harm: Harm, kind: string) => {
    const own = trials[harm].filter((one) => one.kind === kind)
    return falseAlarms(own, thresholdAt(trials[harm], budget)).toFixed(2)
  }
  return ['| household | takeover | burst |', '|---|---|---|', ...householdKinds.map((kind) => `| ${kind} | ${rates('takeover', kind)} | ${rates('burst', kind)} |`)].join('\n')
}

/** Of what was given such a probability, how much was the harm. */
function calibrationTable(trials: Trials): string {
  const steps = [0, 0.01, 0.05, 0.2, 0.5, 0.8, 1.0001]
  const cell = (harm: Harm, low: number, high: number) => {
    const inside = (scores: readonly number[]) => scores.filter((score) => score >= low && score < high)
    const harmful = inside(trials[harm].flatMap((one) => one.episodes.flatMap(({ scores }) => scores))).length
    const all = harmful + inside(trials[harm].flatMap(({ ordinary }) => ordinary.map(({ score }) => score))).length
    return all === 0 ? 'none' : `${percent(harmful / all)} of ${all}`
  }
  const rows = steps.slice(0, -1).map((low, at) => {
    const high = steps[at + 1] ?? 1
    return `| ${low} to ${Math.min(1, high)} | ${cell('takeover', low, high)} | ${cell('burst', low, high)} |`
  })
  return ['| probability | takeovers | bursts |', '|---|---|---|', ...rows].join('\n')
}

function falseAlarms(trials: readonly Trial[], threshold: number): number {
  const months = trials.reduce((sum, one) => sum + one.months, 0)
  return trials.reduce((sum, { ordinary }) => sum + alarmsAt(ordinary, threshold), 0) / months
}

interface Goal {
  readonly words: string
  readonly measured: number
  readonly isMet: boolean
}

function goalsOf(model: Trials, others: readonly Measured[]): Goal[] {
  const [takeover, burst] = [figuresOf(model.takeover), figuresOf(model.burst)]
  const best = (harm: Harm, which: 'auc' | 'recall' | 'byFourth') => Math.max(...others.map(({ trials }) => figuresOf(trials[harm])[which]))
  const above = (words: string, measured: number, other: number): Goal => ({ words: `${words}: above the best other method, ${two(other)}`, measured, isMet: measured > other })
  const least = (words: string, measured: number, goal: number): Goal => ({ words: `${words}: at least ${goal}`, measured, isMet: measured >= goal })
  return [
    least('takeover, ROC AUC of purchases', takeover.auc, 0.97),
    least('takeover, recall at that budget', takeover.recall, 0.9),
    least('bursts noticed by the 4th unusual purchase', burst.byFourth, 0.9),
    above('takeover, ROC AUC of purchases', takeover.auc, best('takeover', 'auc')),
    above('takeover, recall', takeover.recall, best('takeover', 'recall')),
    above('burst, ROC AUC of purchases', burst.auc, best('burst', 'auc')),
    above('burst, by the 4th', burst.byFourth, best('burst', 'byFourth')),
  ]
}

/** Begin and end of what the report writes in docs/RISK.md. */
const [begin, end] = ['<!-- figures: begin -->', '<!-- figures: end -->']

function write(text: string): void {
  const file = new URL('../../../docs/RISK.md', import.meta.url)
  const before = readFileSync(file, 'utf8')
  const [from, to] = [before.indexOf(begin), before.indexOf(end)]
  if (from < 0 || to < from) throw new Error('docs/RISK.md has no place for figures')
  writeFileSync(file, `${before.slice(0, from)}${begin}\n\n${text}\n\n${before.slice(to)}`)
}

function main(): number {
  const { values } = parseArgs({ options: { households: { type: 'string', default: '600' }, resamples: { type: 'string', default: '200' }, write: { type: 'boolean', default: false } } })
  const [seeds, resamples] = [reportingSeeds(Number(values.households)), Number(values.resamples)]
  const methods: Method[] = [modelMethod(), thresholdMethod, robustMethod, forestMethod(tuningSeeds(forestHouseholds))]
  const all = methods.map((method): Measured => ({ name: method.name, trials: tryOut(method, seeds) }))
  const [model, ...others] = all
  if (!model) return 1
  const goals = goalsOf(model.trials, others)
  const purchases = model.trials.takeover.reduce((sum, { ordinary }) => sum + ordinary.length, 0)
  const confused = harms.map((harm) => `a ${harm} alarm in ${percent(figuresOf(model.trials[harm]).confused)} of the other harm’s episodes`).join(', ')
  const text = [
    `Measured ${new Date().toISOString().slice(0, 10)} with \`npm run risk:report -- --households ${seeds.length} --resamples ${resamples}\`: reporting seeds ${seeds[0]} to ${seeds.at(-1)}, ${purchases} ordinary purchases, ` +
      `${harms.map((harm) => `${model.trials[harm].reduce((sum, { episodes }) => sum + episodes.length, 0)} ${harm}s`).join(' and ')}. In brackets 95 % of ${resamples} resamples of households. Every alarm threshold is the one that gives ${budget} false alarms per household and month to that method.`,
    ['| goal | measured | |', '|---|---|---|', ...goals.map(({ words, measured, isMet }) => `| ${words} | ${two(measured)} | ${isMet ? 'met' : '**missed**'} |`)].join('\n'),
    ...harms.map((harm) => tableOf(harm, all, resamples)),
    ...harms.map((harm) => `Tuppence by kind of ${harm}:\n\n${kindTable(harm, model.trials[harm])}`),
    `False alarms per month by kind of household:\n\n${alarmTable(model.trials)}`,
    `How far the probabilities hold:\n\n${calibrationTable(model.trials)}`,
    `One harm taken for the other: ${confused}.`,
  ].join('\n\n')
  console.log(text)
  if (values.write) write(text)
  return goals.every(({ isMet }) => isMet) ? 0 : 1
}

if (import.meta.main) process.exitCode = main()
