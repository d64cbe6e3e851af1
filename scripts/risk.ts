/**
 * `npm run risk -- --input FILE --out FILE [--zone ZONE]` scores purchases of a file, one JSON object on each line, in their order: how likely it is that
 * somebody else was spending, and that it was a burst (docs/RISK.md). Without the app; the file may be longer than memory. What is no purchase is
 * named with the number of its line and left out.
 *
 * Exit codes: 0 all lines are scored; 2 written, and some lines were left out; 3 it could not be written; 64 wrong use (sysexits.h, EX_USAGE).
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isZone } from '../src/domain/calendar.ts'
import { observe } from '../src/domain/risk/observe.ts'
import { WholeFileError, writeWhole } from '../src/main/adapters/files/whole-file.ts'
import { linesOf } from './lib/lines-of.ts'
import { createProfileShelf } from './lib/profile-shelf.ts'
import { purchaseOfLine, readRiskLine, scoreLine } from './lib/risk-line.ts'

const usage = `npm run risk -- --input FILE --out FILE [--zone ZONE]

Each line of the input: {"at": "2026-11-25T18:00:00Z", "profile": "ada", "seller": "…", "item": "…", "kind": "item", "amount": 99, "currency": "EUR"}
  amount   in minor units: 99 is 0.99 EUR
  --zone   whose hours and weekdays habits go by, such as Europe/Berlin; UTC unless told

Each line of the output: {"at", "profile", "takeover", "burst", "band", "reasons"}, in the order of the input`

/** All are counted; so many are named. */
const mostNamed = 100

interface Counts {
  scored: number
  leftOut: number
}

function* scoredLines(input: string, zone: string, counts: Counts): Generator<string> {
  const profiles = createProfileShelf()
  try {
    for (const { number, text } of linesOf(input)) {
      if (text?.trim() === '') continue
      const line = text === null ? { problem: 'too long' } : readRiskLine(text)
      if ('problem' in line) {
        leaveOut(number, line.problem, counts)
        continue
      }
      const { profile, score } = observe(profiles.get(line.profile), purchaseOfLine(line, number, zone))
      profiles.set(line.profile, profile)
      counts.scored += 1
      if (score) yield scoreLine(line, score)
    }
  } finally {
    profiles.close()
  }
}

function leaveOut(number: number, problem: string, counts: Counts): void {
  counts.leftOut += 1
  if (counts.leftOut <= mostNamed) console.error(`line ${number} left out: ${problem}`)
  if (counts.leftOut === mostNamed + 1) console.error('Further lines are left out without being named.')
}

function readOptions() {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { input: text, out: text, zone: { ...text, default: 'UTC' }, help: { type: 'boolean', short: 'h', default: false } } })
  if (values.help) return null
  if (values.input === undefined || values.out === undefined) throw new TypeError('an input and an output file are wanted')
  if (!isZone(values.zone)) throw new TypeError(`there is no time zone ${values.zone}`)
  const [input, out] = [resolve(values.input), resolve(values.out)]
  if (input === out) throw new TypeError('the output would take the place of the input')
  return { input, out, zone: values.zone }
}

function main(): number {
  const options = readOptions()
  if (!options) {
    console.log(`Use: ${usage}`)
    return 0
  }
  const counts: Counts = { scored: 0, leftOut: 0 }
  writeWhole(options.out, scoredLines(options.input, options.zone, counts))
  console.log(`${counts.scored} purchases scored and written to ${options.out}; ${counts.leftOut} lines left out`)
  return counts.leftOut === 0 ? 0 : 2
}

function reasonOf(error: unknown): string {
  if (error instanceof WholeFileError) return `The output cannot be written: ${error.problem}.`
  return error instanceof Error ? error.message : String(error)
}

try {
  process.exitCode = main()
} catch (error) {
  const isUse = error instanceof TypeError
  console.error(isUse ? `${error.message}\nUse: ${usage}` : `Not scored. ${reasonOf(error)}`)
  process.exitCode = isUse ? 64 : 3
}
