/**
 * Exports the ledger that its first argument names to the file of the second, in the format of the third, in a thread as the app does (from the
 * history index that a fourth names, where there is one),
 * and tells what that took: of the thread, and of the loop that would have answered the windows meanwhile.
 */
import { fileURLToPath } from 'node:url'
import { isExportFormat } from '../../src/domain/export/formats.ts'
import { everyLine } from '../../src/domain/history/filter.ts'
import { createThreadExports } from '../../src/main/adapters/export/thread-exports.ts'
import { round } from './statistics.ts'

const [ledgerFile = '', file = '', format = '', indexFile = null] = process.argv.slice(2)
if (!isExportFormat(format)) throw new TypeError(`no format: ${format}`)
const workerFile = fileURLToPath(new URL('../../src/main/adapters/export/export-worker.ts', import.meta.url))
const exports = createThreadExports({ ledgerFile, workerFile, clock: Date, trustedIndex: async () => indexFile })

const sampleEveryMs = 20
const restBytes = process.memoryUsage.rss()
let mostBytes = restBytes
let longestGapMs = 0
let lastAt = performance.now()
const timer = setInterval(() => {
  const now = performance.now()
  longestGapMs = Math.max(longestGapMs, now - lastAt - sampleEveryMs)
  lastAt = now
  mostBytes = Math.max(mostBytes, process.memoryUsage.rss())
}, sampleEveryMs)

const wish = { format, question: { filter: everyLine, seen: null, names: {}, zone: 'Europe/Berlin' } } as const
const startedAt = performance.now()
const usedBefore = process.cpuUsage()
const end = await exports.write(wish, file, { signal: new AbortController().signal, onProgress: () => {} })
const seconds = (performance.now() - startedAt) / 1000
clearInterval(timer)
const { user, system } = process.cpuUsage(usedBefore)
if (end.kind !== 'written') throw new Error(JSON.stringify(end))
const memoryAboveRestMB = round((mostBytes - restBytes) / 1e6, 0)
console.log(JSON.stringify({ lines: end.lines, seconds: round(seconds), cpuSeconds: round((user + system) / 1e6), memoryAboveRestMB, longestGapMs: round(longestGapMs, 0) }))
