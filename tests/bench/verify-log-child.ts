/** Verifies the log that its first argument names, with the secrets in the file that the second one does, and tells what it took. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { EventId } from '../../src/domain/brands.ts'
import { openEventLog } from '../../src/main/adapters/sqlite/open-event-log.ts'
import type { SecretName } from '../../src/main/ports/vault.ts'
import { createFakeVault } from '../support/fake-vault.ts'
import { round } from './statistics.ts'

const [file = '', secrets = ''] = process.argv.slice(2)
const vault = createFakeVault(new Map(JSON.parse(readFileSync(secrets, 'utf8')) as [SecretName, string][]))
const log = await openEventLog({ file, vault, clock: { now: () => Date.now() }, ids: { eventId: () => randomUUID() as EventId } })
const startedAt = performance.now()
const found = await log.verify()
const seconds = (performance.now() - startedAt) / 1000
if (found.kind !== 'clean') throw new Error(`the log is ${found.kind}`)
await log.close()
console.log(JSON.stringify({ verifySeconds: round(seconds), verifyPeakMB: round(process.resourceUsage().maxRSS / 1000, 0) }))
