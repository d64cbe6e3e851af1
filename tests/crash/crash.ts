/**
 * `npm run crash -- --kills N [--seed S] [--mode app|core|both]`: kills the app at every step that lasts and at random
 * moments, starts it again on the same folder and keychain, and compares ledger and gateway once everything is settled.
 *
 *   app   the app as it is built, with its windows, driven as a person does
 *   core  the same parts in a process without windows, which is quicker; the gateway is killed at its own steps as well
 *   both  a tenth of the kills with windows, the others without; this unless told
 *
 * The last line on stdout is the figures as JSON. Exit codes: 0 nothing is wrong, 1 something is, and stderr says what.
 */
import { parseArgs } from 'node:util'
import { displayForTests } from '../../scripts/lib/display.mjs'
import { electronEnvironment } from '../../scripts/lib/electron-runtime.mjs'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { appFaults, createAppWorld } from './app-lives.ts'
import { coreFaults, createCoreWorld } from './core-lives.ts'
import { wholeNumber } from './options.ts'
import { seededRandom } from './random.ts'
import { type KillFigures, runKills, violationCount } from './run-kills.ts'

const say = (line: string) => console.error(line)

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { kills: { type: 'string', default: '100' }, seed: { type: 'string' }, mode: { type: 'string', default: 'both' } },
  })
  const kills = wholeNumber('--kills', values.kills)
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : wholeNumber('--seed', values.seed)
  const inApp = { app: kills, core: 0, both: Math.ceil(kills / 10) }[values.mode]
  if (inApp === undefined) throw new Error(`--mode takes app, core or both, not ${values.mode}`)
  const date = new Date().toISOString()
  const startedAt = performance.now()
  const figures = {
    ...(inApp < kills && { core: await killCore(kills - inApp, seed) }),
    ...(inApp > 0 && { app: await killApp(inApp, seed) }),
  }
  const all: KillFigures[] = Object.values(figures)
  const sum = (count: (figures: KillFigures) => number) => all.reduce((total, one) => total + count(one), 0)
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  const wrong = sum(violationCount)
  const total = {
    ...{ kills: sum((one) => one.kills), lost: sum((one) => one.lost), doubled: sum((one) => one.doubled) },
    ...{ stuck: sum((one) => one.stuck), tampered: sum((one) => one.tampered) },
  }
  console.log(JSON.stringify({ ...total, violations: wrong, seconds, seed, date, ...figures }))
  return wrong === 0 ? 0 : 1
}

async function killCore(kills: number, seed: number): Promise<KillFigures> {
  const { env, stop } = await startPrivateKeychain()
  const random = seededRandom(seed)
  try {
    const makeWorld = () => createCoreWorld({ env, random, faults: coreFaults })
    return await runKills({ kills, random, killsInAWorld: 40, gatewaySteps: true, say, makeWorld })
  } finally {
    await stop()
  }
}

async function killApp(kills: number, seed: number): Promise<KillFigures> {
  const keychain = await startPrivateKeychain()
  const display = await displayForTests(electronEnvironment())
  const random = seededRandom(seed)
  try {
    const env = { ...display.env, ...keychain.env }
    const makeWorld = () => createAppWorld({ env, random, faults: appFaults })
    return await runKills({ kills, random, killsInAWorld: 20, gatewaySteps: false, say, makeWorld })
  } finally {
    await display.stop()
    await keychain.stop()
  }
}

process.exitCode = await main()
