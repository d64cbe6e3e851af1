/**
 * `npm run attack -- [--n N] [--only ipc,tokens] [--seed S]`: tries to get round what guards the money. docs/SECURITY-TESTS.md says what each
 * family does. `--n` counts the messages to the bridges; the other families are in proportion.
 *
 * The last line on stdout is the figures as JSON. Exit codes: 0 nothing was accepted and nothing crashed, 1 something did, and stderr says what.
 */
import './fake-electron-hook.ts'
import { parseArgs } from 'node:util'
import { wholeNumber } from '../crash/options.ts'
import { seededRandom } from '../crash/random.ts'
import { countOf, families } from './families.ts'
import type { AttackFigures } from './figures.ts'

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { n: { type: 'string', default: '10000' }, only: { type: 'string', default: Object.keys(families).join() }, seed: { type: 'string' } },
  })
  const wanted = values.only.split(',')
  const unknown = wanted.filter((name) => !Object.hasOwn(families, name))
  if (unknown.length > 0) throw new Error(`--only takes ${Object.keys(families).join(', ')}, not ${unknown.join()}`)
  const n = wholeNumber('--n', values.n)
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : wholeNumber('--seed', values.seed)
  const date = new Date().toISOString()
  const figures: Record<string, Omit<AttackFigures, 'wrong' | 'told'> & { readonly seconds: number }> = {}
  let isAnythingWrong = false
  for (const name of wanted) {
    const family = await families[name]!()
    const startedAt = performance.now()
    const { wrong, told, ...counts } = await family.attack(countOf(family, n), seededRandom(seed))
    figures[name] = { ...counts, seconds: Math.round((performance.now() - startedAt) / 1000) }
    console.error(`${name}: ${JSON.stringify({ ...figures[name], told })}`)
    for (const words of wrong) console.error(`${name}: ${words}`)
    isAnythingWrong ||= counts.accepted > 0 || counts.crashes > 0
  }
  console.log(JSON.stringify({ seed, date, ...figures }))
  return isAnythingWrong ? 1 : 0
}

process.exitCode = await main()
