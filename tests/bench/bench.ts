/** `npm run bench -- [--json FILE] [--rounds N] [--purchases N] [--events N] [--history N]`: the speeds that people feel, measured in one run. */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { electronRuntime } from '../../scripts/lib/electron-runtime.mjs'
import { benchAppend } from './append.bench.ts'
import { benchExport } from './export.bench.ts'
import { benchHistory } from './history.bench.ts'
import { benchImport } from './import.bench.ts'
import { benchLimits } from './limits.bench.ts'
import { benchLongLog } from './long-log.bench.ts'
import { benchPurchase } from './purchase.bench.ts'
import { benchRisk } from './risk.bench.ts'
import { benchStart } from './start.bench.ts'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      rounds: { type: 'string', default: '7' },
      purchases: { type: 'string', default: '40' },
      events: { type: 'string', default: '1000000' },
      history: { type: 'string', default: '1000000' },
    },
  })
  const keychain = await startPrivateKeychain()
  try {
    const figures = {
      at: new Date().toISOString(),
      runtime: electronRuntime().kind,
      node: process.version,
      start: await benchStart(keychain.env, count(values.rounds)),
      purchase: await benchPurchase(keychain.env, count(values.purchases)),
      append: await benchAppend(keychain.env),
      longLog: await benchLongLog(count(values.events)),
      limits: await benchLimits(count(values.events)),
      export: await benchExport(count(values.history)),
      history: await benchHistory(count(values.history)),
      import: await benchImport(keychain.env),
      risk: benchRisk(),
      limitsOfMembers: await benchLimits(count(values.events), 20),
    }
    console.log(JSON.stringify(figures, null, 2))
    if (values.json) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`)
  } finally {
    await keychain.stop()
  }
}

function count(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new Error(`not a number of rounds: ${text}`)
  return number
}

await main()
