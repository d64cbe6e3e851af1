/**
 * Exports the ledger that its first argument names as CSV to the file of the second, and tells how much of the heap was in use, after
 * everything that nobody needs was thrown away, at a tenth of the way and near its end.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { everyLine } from '../../../src/domain/history/filter.ts'
import { runExport } from '../../../src/main/adapters/export/run-export.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const [ledgerFile = '', file = ''] = process.argv.slice(2)
const used: number[] = []
const wish = { format: 'csv', question: { filter: everyLine, seen: null, names: {}, zone: 'Europe/Berlin' } } as const
const end = runExport(
  { ledgerFile, indexFile: null, file, wish, nowMs: Date.now() },
  {
    isCancelled: () => false,
    onProgress({ done, total }) {
      if (done < total * [0.1, 0.95][used.length]!) return
      collect()
      used.push(process.memoryUsage().heapUsed + process.memoryUsage().external)
    },
  },
)
console.log(JSON.stringify({ end, used }))
