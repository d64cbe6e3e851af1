/**
 * `npm run concurrency -- [--purchases N] [--rounds N]`: so many purchases at once in one app, and two apps on one folder so
 * many times. The last line on stdout is the figures as JSON. Exit codes: 0 nothing is wrong, 1 something is, and stderr
 * says what.
 */
import { parseArgs } from 'node:util'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { buyAtOnce, shareAFolder } from './at-once.ts'
import { wholeNumber } from './options.ts'

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { purchases: { type: 'string', default: '200' }, rounds: { type: 'string', default: '100' } } })
  const purchases = wholeNumber('--purchases', values.purchases)
  const rounds = wholeNumber('--rounds', values.rounds)
  const date = new Date().toISOString()
  const startedAt = performance.now()
  const keychain = await startPrivateKeychain()
  try {
    const { violations: wrongAtOnce, ...atOnce } = await buyAtOnce(keychain.env, purchases)
    const { violations: wrongInFolder, ...oneFolder } = await shareAFolder(keychain.env, rounds)
    const wrong = [...wrongAtOnce, ...wrongInFolder]
    for (const { kind, what } of wrong) console.error(`${kind}: ${what}`)
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    console.log(JSON.stringify({ atOnce, oneFolder, violations: wrong.length, seconds, date }))
    return wrong.length === 0 && atOnce.charges === purchases && oneFolder.exactlyOne === rounds ? 0 : 1
  } finally {
    await keychain.stop()
  }
}

process.exitCode = await main()
