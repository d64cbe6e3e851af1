/** The state of the safeguards over a world of fakes, in which each of them can be switched off. */
import * as v from 'valibot'
import { launcherContract } from '../../src/contract/ipc/launcher.ts'
import type { Posture, PostureFormat, SafeguardId, SavedPosture } from '../../src/contract/ipc/posture.ts'
import type { ConnectionFacts } from '../../src/domain/posture.ts'
import { createPosture } from '../../src/main/create-posture.ts'
import type { Backup } from '../../src/main/ports/backups.ts'
import type { HostCount } from '../../src/main/ports/connections.ts'
import type { Device } from '../../src/main/ports/device.ts'
import type { DocumentOrder } from '../../src/main/ports/documents.ts'
import type { LastVerification } from '../../src/main/ports/ledger-access.ts'
import type { KeptFiles, RunningProgram } from '../../src/main/ports/running-program.ts'
import { createFakeDevice } from './fake-device.ts'
import { createHouseholdWorld } from './household-world.ts'

const dayMs = 24 * 60 * 60_000

type Program = {
  -readonly [K in 'sandboxed' | 'isolated']: { total: number; good: number | null }
} & { electron: string; sqlite: string; isPackaged: boolean; wire: string | null; files: KeptFiles[] | null; denied: { permission: string; times: number }[] }

/** Everything is in order in a production build, until a test says otherwise. */
export function createPostureWorld(device: Pick<Device, 'attest'> = createFakeDevice()) {
  const household = createHouseholdWorld()
  const { clock, vault, credentials, log, gateway } = household
  const startMs = clock.now()
  const at = new Date(startMs).toISOString()
  const program: Program = {
    sandboxed: { total: 1, good: 1 }, isolated: { total: 1, good: 1 }, electron: '45.4.1', sqlite: '3.54.1', isPackaged: true, wire: '01001100', files: [], denied: [],
  }
  const facts: ConnectionFacts = { at, host: 'gateway.example', protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', pin: 'BpRbBUHFdrQD=', validTo: new Date(startMs + 90 * dayMs).toISOString(), isChained: true }
  const settings = {
    backups: [] as Backup[],
    verification: { kind: 'ended', at: startMs, found: { kind: 'clean', events: 1, head: null } } as LastVerification,
    last: facts as ConnectionFacts | null,
    hosts: [] as HostCount[] | null,
    sandbox: false,
    file: '/home/ada/there.json' as string | null,
    meanwhile: () => {},
  }
  const written: { order: DocumentOrder; file: string }[] = []
  const running: RunningProgram = {
    keychainService: 'secretService',
    pages: async () => ({ sandboxed: program.sandboxed, isolated: program.isolated }),
    versions: () => ({ electron: program.electron, chromium: '156', node: '24', sqlite: program.sqlite }),
    denied: () => program.denied,
    files: async () => program.files,
    fuses: async () => ({ isPackaged: program.isPackaged, wire: program.wire }),
  }
  const ledger = { ...household.ledger, verification: () => settings.verification }
  let actor: string | null = null
  const use = createPosture({
    ...{ clock, credentials, gateway, ledger, vault, device },
    actor: () => actor,
    askFile: async () => {
      settings.meanwhile()
      return settings.file
    },
    connections: { last: () => settings.last, hosts: async () => settings.hosts },
    documents: {
      async write(order, file) {
        written.push({ order, file })
        return { kind: 'written' }
      },
    },
    language: () => 'en',
    listBackups: () => ({ folder: '/backups', backups: settings.backups, latest: null }),
    program: running,
    get sandbox() {
      return settings.sandbox
    },
    systemZone: () => 'UTC',
    version: '1.2.3',
    waitMs: (...of) => household.use.waitMs(...of),
  })
  async function look(): Promise<Posture> {
    return v.parse(launcherContract.calls['posture.get'].output, await use.reportPosture())
  }
  return {
    ...household,
    ...{ clock, log, program, settings, facts, written },
    access: household.use,
    look,
    as: (memberId: string | null) => void (actor = memberId),
    async finding(id: SafeguardId): Promise<string> {
      return (await look()).safeguards.find((one) => one.id === id)?.finding ?? 'none'
    },
    async save(format: PostureFormat): Promise<SavedPosture> {
      return v.parse(launcherContract.calls['posture.save'].output, await use.save({ format }))
    },
    /** The countersignature of the newest event. */
    async sign() {
      const head = log.head()
      if (!head) throw new Error('an empty log')
      await log.append(() => ({ type: 'log.countersigned', actor: 'gateway', payload: { seq: head.seq, mac: head.mac, signedAt: at, countersignature: 'x' } }))
    },
  }
}
