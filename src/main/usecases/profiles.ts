/** Whose profile is open. Known in memory only: after a start every profile is locked. */
import type { HouseholdResult } from '../../contract/ipc/household.ts'
import { memberOf, type Role } from '../../domain/roles.ts'
import type { Clock } from '../ports/clock.ts'
import type { Credentials } from '../ports/credentials.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { writableLog } from './controls-results.ts'
import { asHouseholdResult, declined, done, refused } from './household-results.ts'
import type { Identify } from './identify.ts'
import { personFor } from './person-names.ts'
import type { TrustedQuestions } from './trusted-question.ts'

export interface ProfilesDeps {
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>
  readonly credentials: Pick<Credentials, 'has'>
  readonly identify: Identify
  readonly ledger: LedgerAccess
  readonly onChanged: () => void
  readonly questions: Pick<TrustedQuestions, 'begin'>
}

interface OpenProfile {
  readonly memberId: string
  readonly role: Role
  touchedAtMs: { readonly wall: number; readonly monotonic: number }
}

/** How long a profile stays open without anybody there, in milliseconds. */
export const idleLockMs = 5 * 60_000

export function createProfiles(deps: ProfilesDeps) {
  const { clock, ledger } = deps
  let profile: OpenProfile | null = null

  const nowMs = () => ({ wall: clock.now(), monotonic: clock.monotonicMs() })

  /** Whoever sets the clock back, or suspends the computer, has no longer; nor has anybody whose role is another one now. */
  function isStillOpen({ memberId, role, touchedAtMs }: OpenProfile): boolean {
    const { wall, monotonic } = nowMs()
    if (Math.max(wall - touchedAtMs.wall, monotonic - touchedAtMs.monotonic) >= idleLockMs) return false
    const log = ledger.log()
    return log !== null && memberOf(log.controls(), memberId)?.role === role
  }

  const current = () => (profile && isStillOpen(profile) ? profile : null)

  function lock(): void {
    if (!profile) return
    profile = null
    deps.onChanged()
  }

  function opened(memberId: string): void {
    const role = memberOf(writableLog(ledger).controls(), memberId)?.role
    if (!role) return
    profile = { memberId, role, touchedAtMs: nowMs() }
    deps.onChanged()
  }

  async function open(memberId: string): Promise<HouseholdResult> {
    const who = personFor(writableLog(ledger), memberId)
    if (!who) return refused('gone')
    if (!(await deps.credentials.has(memberId)).pin) return refused('noCredentials')
    const dialogue = deps.questions.begin()
    if (!dialogue) return refused('busy')
    try {
      const reply = await dialogue.ask({ kind: 'pin', who }, async ({ pin }) => {
        const identified = await deps.identify({ memberId, pin }, { code: false })
        return identified.kind === 'granted' ? { kind: 'accepted' } : identified
      })
      if (!reply) return declined
      opened(memberId)
      return done
    } finally {
      dialogue.close()
    }
  }

  return {
    open: ({ memberId }: { readonly memberId: string }) => asHouseholdResult(() => open(memberId)),
    /** For somebody who has just said, or chosen, who they are. */
    opened,
    lock,
    /** Somebody is there. Once it was too long that nobody was, it is too late for that. */
    touch(): void {
      const still = current()
      if (still) still.touchedAtMs = nowMs()
    },
    /** Locks what is open no longer, and tells. */
    lockWhenDue(): void {
      if (profile && !current()) lock()
    },
    /** Whose profile is open; null while all are locked, and where there are no members. */
    actor: (): string | null => current()?.memberId ?? null,
  }
}
