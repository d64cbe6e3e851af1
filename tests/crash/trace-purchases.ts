/** Buys under strace, in a process without windows, with the real gateway, SQLite and keychain. */
import { execFile } from 'node:child_process'
import { createReadStream, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Outcome } from '../../src/contract/ipc/outcome.ts'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { cheapOffer } from '../support/offers.ts'
import { startGatewayProcess } from './gateway-process.ts'
import { startCoreApp } from './start-core-app.ts'
import { type Order, orderIn, readTrace } from './trace-order.ts'

/** Why strace cannot be used here; null where it can. */
export function whyNoStrace(): Promise<string | null> {
  return new Promise((resolve) => {
    execFile('strace', ['-o', '/dev/null', 'true'], (error, _, stderr) => {
      if (!error) return resolve(null)
      const isMissing = error.code === 'ENOENT'
      resolve(isMissing ? 'strace is missing. Run once: sudo apt-get install strace' : `strace may not be used here: ${stderr.trim()}`)
    })
  })
}

const traced = 'write,writev,pwrite64,pwritev,sendto,sendmsg,sendmmsg,sendfile,fdatasync,fsync'

/** Throws when a purchase does not succeed. */
export async function tracePurchases(purchases: number): Promise<Order> {
  const dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'tuppence-strace-')))
  const keychain = await startPrivateKeychain()
  const gateway = await startGatewayProcess(join(dataDir, 'gateway'), 0)
  const marks = join(dataDir, 'marks')
  const output = join(dataDir, 'trace')
  const under = ['strace', '-f', '--seccomp-bpf', '-yy', '-s', '200', '-e', `trace=${traced}`, '-o', output]
  const app = startCoreApp({ env: keychain.env, plan: { file: marks }, under })
  try {
    await app.tell({ do: 'open', dataDir, gateway: gateway.config, clockAheadMs: 0 })
    await app.tell({ do: 'tend' })
    for (let bought = 0; bought < purchases; bought += 1) {
      const outcome = await app.tell<Outcome>({ do: 'buy', offerId: cheapOffer.id })
      if (outcome.kind !== 'succeeded') throw new Error(`a purchase ended as ${outcome.kind}`)
    }
    await app.tell({ do: 'close' })
    await app.end()
    const options = { gatewayPort: Number(new URL(gateway.config.url).port), marksPath: marks, walPath: join(dataDir, 'ledger.sqlite-wal') }
    const lines: string[] = []
    for await (const line of createInterface(createReadStream(output))) lines.push(line)
    return orderIn(readTrace(lines, options))
  } finally {
    await app.kill()
    await gateway.kill()
    await keychain.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
