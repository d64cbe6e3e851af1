import { type EventLog, LogReadOnlyError, LogStorageError } from '../ports/event-log.ts'
import { VaultError } from '../ports/vault.ts'
import { actorNamed } from './who-decides.ts'

/** Whoever asks again and again is written down once in this time. */
const onceInMs = 60 * 60_000

/** A limit stood in the way: what is bought next may be a way to make up for that. Not bought is not bought, also where it cannot be written down. */
export async function noteCapMet(log: EventLog, memberId: string | null, nowMs: number): Promise<void> {
  const isKnown = () => nowMs - (log.riskProfile(memberId).cappedMs ?? Number.NEGATIVE_INFINITY) < onceInMs
  const payload = { ...(memberId !== null && { memberId }), metAt: new Date(nowMs).toISOString() }
  try {
    await log.append(() => (isKnown() ? null : { type: 'risk.capMet', actor: actorNamed(memberId), payload }))
  } catch (error) {
    if (![LogReadOnlyError, LogStorageError, VaultError].some((kind) => error instanceof kind)) throw error
  }
}
