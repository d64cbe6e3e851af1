/** Imports made-up purchases into a new budget of Actual, and says how long that took: `node actual-child.ts FOLDER ROWS`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { shopRows } from './shop-rows.ts'

/** As much of https://actualbudget.org/docs/api/reference as is used here. */
interface Actual {
  init(config: { readonly dataDir: string }): Promise<unknown>
  runImport(name: string, work: () => Promise<void>): Promise<void>
  createAccount(account: { readonly name: string }, balance: number): Promise<string>
  getBudgets(): Promise<readonly { readonly id: string }[]>
  loadBudget(id: string): Promise<void>
  getAccounts(): Promise<readonly { readonly id: string }[]>
  importTransactions(accountId: string, rows: readonly object[]): Promise<{ readonly added: readonly string[] }>
  shutdown(): Promise<void>
}

const [folder = '', count = '1000'] = process.argv.slice(2)
const entry = createRequire(join(folder, 'here.js')).resolve('@actual-app/api')
const loaded = (await import(pathToFileURL(entry).href)) as Actual & { readonly default?: Actual }
const actual = loaded.default ?? loaded
const dataDir = mkdtempSync(join(tmpdir(), 'actual-bench-'))
await actual.init({ dataDir })
await actual.runImport('bench', async () => void (await actual.createAccount({ name: 'Wallet' }, 0)))
await actual.loadBudget((await actual.getBudgets()).at(-1)?.id ?? '')
const [account] = await actual.getAccounts()
const rows = shopRows(Number(count)).map(({ n, at, item, shop, cents }) => ({ date: at.slice(0, 10), amount: -cents, payee_name: shop, imported_id: `O-${n}`, notes: item }))
const startedAt = performance.now()
const { added } = await actual.importTransactions(account?.id ?? '', rows)
const seconds = (performance.now() - startedAt) / 1000
if (added.length !== rows.length) throw new Error(`only ${added.length} are in`)
await actual.shutdown()
rmSync(dataDir, { recursive: true, force: true })
console.log(`\nseconds ${seconds.toFixed(3)}`)
