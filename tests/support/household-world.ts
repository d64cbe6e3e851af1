/** A household on fakes: its people, the trusted window, the keychain's credentials, one gateway, one log. */
import type { HouseholdResult } from '../../src/contract/ipc/household.ts'
import type { EventType, LogEvent } from '../../src/domain/events.ts'
import { sha256 } from '../../src/main/adapters/system/sha256.ts'
import { createAccess } from '../../src/main/create-access.ts'
import { createHousehold } from '../../src/main/create-household.ts'
import type { Credentials } from '../../src/main/ports/credentials.ts'
import { createPendingChallengeSlot } from '../../src/main/usecases/pending-challenge.ts'
import { createSyncControls } from '../../src/main/usecases/sync-controls.ts'
import type { HouseholdOrder } from '../../src/main/usecases/set-up-household.ts'
import type { TrustedQuestions } from '../../src/main/usecases/trusted-question.ts'
import { inBerlin } from './control-events.ts'
import { createFakeClock } from './fake-clock.ts'
import { createFakeConfirmWindow } from './fake-confirm-window.ts'
import { createFakeCredentials } from './fake-credentials.ts'
import { createFakeEventLog } from './fake-event-log.ts'
import { createFakeGateway } from './fake-gateway.ts'
import { createFakeIds } from './fake-ids.ts'
import { createFakeLedgerAccess } from './fake-ledger-access.ts'
import { type Answers, createFakeMember } from './fake-member.ts'
import { createFakePerson } from './fake-person.ts'
import { createFakeVault } from './fake-vault.ts'
import { wholeFamily } from './household-people.ts'
import { mortalPorts } from './mortal.ts'

export type HouseholdWorld = ReturnType<typeof createHouseholdWorld>

/** Nobody has said yet who uses this. `through` may put something between the use cases and the credentials. */
export function createHouseholdWorld(through: (credentials: Credentials) => Credentials = (credentials) => credentials) {
  const clock = createFakeClock(Date.parse('2026-03-02T12:00:00.000Z'))
  const ids = createFakeIds()
  const vault = createFakeVault()
  const credentials = createFakeCredentials()
  const log = createFakeEventLog({ clock, vault })
  const ledger = createFakeLedgerAccess(log)
  const startMs = clock.now()
  const gateway = createFakeGateway({ now: () => startMs + clock.passedMs(), clock })
  const confirmWindow = createFakeConfirmWindow(clock)
  const box = createFakePerson()
  const unexpected: unknown[] = []
  const counts = { householdChanged: 0, questionChanged: 0 }
  const settings = { isAlone: false }
  const deps = {
    ...{ clock, ids, ledger, gateway, confirmWindow, sha256 },
    askBox: box.ask,
    credentials: through(credentials),
    appearance: () => ({ language: 'en', locale: 'en-IE' }) as const,
    isAlone: () => settings.isAlone,
    onControlsChanged: () => {},
    onHouseholdChanged: () => void (counts.householdChanged += 1),
    onQuestionChanged: () => void (counts.questionChanged += 1),
    onUnexpected: (error: unknown) => void unexpected.push(error),
    systemZone: () => inBerlin.zone,
  }
  let lifetime = mortalPorts(gateway, ledger)

  let isTimeKnown = true

  function start() {
    const ports = { ...deps, ...lifetime, gateway: { ...lifetime.gateway, now: () => (isTimeKnown ? gateway.now() : null) } }
    const pending = createPendingChallengeSlot()
    const access = createAccess({ ...ports, pending })
    const sync = createSyncControls(ports)
    const syncControls = async () => void (await sync())
    const syncNow = () => syncControls().catch(() => {})
    return { ...access, ...createHousehold({ ...ports, access, syncControls, syncNow }), pending, syncControls }
  }

  gateway.tellTime()
  const world = {
    ...{ clock, vault, credentials, log, ledger, gateway, confirmWindow, box, unexpected, counts, settings, deps },
    member: createFakeMember(clock, (): TrustedQuestions => world.use.questions),
    use: start(),
    /** Sets the household up, and answers what the trusted window asks for that. */
    setUp: (order: HouseholdOrder = wholeFamily): Promise<HouseholdResult> => world.member.through(world.use.setUpHousehold(order)),
    /** The id of whoever is called so. */
    idOf(name: string): string {
      const found = Object.entries(log.family().names).find(([, called]) => called === name)
      if (!found) throw new Error(`nobody is called ${name}`)
      return found[0]
    },
    /** Opens the profile of whoever is called so, by their PIN. */
    open: (name: string, answers?: Answers): Promise<HouseholdResult> =>
      world.member.through(world.use.profiles.open({ memberId: world.idOf(name) }), answers),
    /** The gateway's time has been heard, or was not yet in this life. */
    knowTime(isKnown: boolean) {
      gateway.tellTime()
      isTimeKnown = isKnown
    },
    /** What a crash leaves: log, keychain and gateway, and nothing of what was in memory; nor is the gateway's time known yet. */
    restart() {
      isTimeKnown = false
      lifetime.die()
      lifetime = mortalPorts(gateway, ledger)
      confirmWindow.close()
      world.use = start()
    },
    eventTypes: (): EventType[] => [...log.events()].map(({ type }) => type).filter((type) => type !== 'log.opened'),
    newest<T extends EventType>(type: T): Extract<LogEvent, { type: T }> {
      const found = [...log.events()].findLast((event) => event.type === type)
      if (!found) throw new Error(`no ${type} in the log`)
      return found as Extract<LogEvent, { type: T }>
    },
  }
  return world
}
