/**
 * Opens the log of a folder and appends purchases until it is killed. Each line on stdout is one event that `append` has
 * acknowledged: its number and mac. `refused <problem>` when the log does not open.
 */
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import type { EventId } from '../../../src/domain/brands.ts'
import { openEventLog } from '../../../src/main/adapters/sqlite/open-event-log.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { approved, succeeded } from '../events.ts'
import { fileVault } from '../file-vault.ts'

const folder = process.argv[2] ?? ''
const limit = Number(process.argv[3] ?? Infinity)

/** At once and unbuffered, so that what was acknowledged before the kill is known to have been. */
const say = (line: string) => void writeSync(1, `${line}\n`)

try {
  const log = await openEventLog({
    file: join(folder, 'ledger.sqlite'),
    vault: fileVault(join(folder, 'vault.json')),
    clock: { now: () => Date.now() },
    ids: { eventId: () => randomUUID() as EventId },
  })
  say(`state ${log.state().kind}`)
  for (let count = 0; count < limit; count++) {
    const id = randomUUID()
    for (const event of [approved(id), succeeded(id)]) {
      const written = await log.append(() => event)
      say(`${written?.seq} ${written?.mac}`)
    }
  }
  await log.close()
} catch (error) {
  if (!(error instanceof LogStorageError)) throw error
  say(`refused ${error.problem.kind}`)
}
