/** Opens the log of a folder, tries everything, and says on stdout how it went. */
import { join } from 'node:path'
import type { EventId } from '../../../src/domain/brands.ts'
import { openEventLog } from '../../../src/main/adapters/sqlite/open-event-log.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { cancelled } from '../events.ts'
import { fileVault } from '../file-vault.ts'

const folder = process.argv[2] ?? ''

try {
  const log = await openEventLog({
    file: join(folder, 'ledger.sqlite'),
    vault: fileVault(join(folder, 'vault.json')),
    clock: { now: () => Date.now() },
    ids: { eventId: () => 'e' as EventId },
  })
  const count = [...log.events()].length
  const { kind } = await log.verify()
  const outcome = await log.append(() => cancelled('x')).then(
    () => 'done',
    (error: Error) => error.name,
  )
  console.log(`${log.state().kind}, ${count} events, ${kind}, append: ${outcome}`)
  await log.close()
} catch (error) {
  if (!(error instanceof LogStorageError)) throw error
  const { problem } = error
  console.log(`refused ${problem.kind} ${'code' in problem ? problem.code : ''}`)
}
