/**
 * Opens the log of a folder and guesses at a member's PIN there until it is killed, or so many times. Time is what the file
 * `time` says: it passes between the guesses and stands still within them, so that what is allowed can be told to the millisecond.
 * `guesses` has a line for each guess, `comparisons` one for each time that a PIN was compared, synced before that.
 */
import { randomUUID } from 'node:crypto'
import { appendFileSync, closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { EventId } from '../../../src/domain/brands.ts'
import { createVaultCredentials } from '../../../src/main/adapters/credentials/vault-credentials.ts'
import { openEventLog } from '../../../src/main/adapters/sqlite/open-event-log.ts'
import type { Credentials } from '../../../src/main/ports/credentials.ts'
import { GatewayError } from '../../../src/main/ports/gateway.ts'
import { createIdentify } from '../../../src/main/usecases/identify.ts'
import { seededRandom } from '../../crash/random.ts'
import { createFakeLedgerAccess } from '../fake-ledger-access.ts'
import { fileVault } from '../file-vault.ts'
import { pinOf, wrongPin } from '../household-people.ts'

const [folder = '', seed = '', most = ''] = process.argv.slice(2)
const random = seededRandom(Number(seed))
const at = (name: string) => join(folder, name)

const second = 1_000
const hour = 60 * 60 * second
/** How long somebody waits before the next guess: mostly less than they have to. */
const pauses = [0, 0, second, 29 * second, 30 * second, 60 * second, 6 * 60 * second, hour, 5 * hour, 25 * hour] as const

const startedAt = Number(readFileSync(at('time'), 'utf8'))
let now = startedAt
const isOnline = random.below(2) === 0
/** What the computer's clock shows: whatever somebody has set it to. */
const skewMs = random.pick([0, 400 * 24 * hour, -400 * 24 * hour])

function pass(ms: number): void {
  now += ms
  // In one step: half a time would be another one.
  writeFileSync(at('time.new'), String(now))
  renameSync(at('time.new'), at('time'))
}

function counting(credentials: Credentials): Credentials {
  return {
    ...credentials,
    async compare(memberId, given, nowMs) {
      const file = openSync(at('comparisons'), 'a')
      writeSync(file, `${now} ${given.pin === pinOf('Dot') ? 'right' : 'wrong'}\n`)
      fsyncSync(file)
      closeSync(file)
      return credentials.compare(memberId, given, nowMs)
    },
  }
}

const vault = fileVault(at('vault.json'))
const clock = { now: () => now + skewMs, monotonicMs: () => now - startedAt }
const log = await openEventLog({ file: at('ledger.sqlite'), vault, clock, ids: { eventId: () => randomUUID() as EventId } })
const ledger = createFakeLedgerAccess(log)
if (log.state().kind !== 'ready') ledger.setState('tampered')
const gateway = { now: () => (isOnline ? now : null), time: () => Promise.reject(new GatewayError({ kind: 'unreachable', sent: false })) }
const { identify } = createIdentify({ clock, credentials: counting(createVaultCredentials({ vault })), gateway, ledger })
writeSync(1, 'ready\n')

for (let count = 0; count < Number(most); count += 1) {
  pass(random.pick(pauses))
  // Whose PIN it is comes by as well.
  const pin = random.below(25) === 0 ? pinOf('Dot') : wrongPin
  appendFileSync(at('guesses'), 'guess\n')
  const { kind } = await identify({ memberId: 'child', pin }, { code: false })
  writeSync(1, `${kind}\n`)
}
await log.close()
