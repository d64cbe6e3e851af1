/** Members with a PIN each, and what they type: the same for every test of households. */
import { TOTP, Secret } from 'otpauth'
import type { Limit } from '../../src/domain/controls.ts'
import type { NewMember } from '../../src/contract/ipc/household.ts'
import type { EventLog } from '../../src/main/ports/event-log.ts'
import type { NewSecondFactor } from '../../src/main/ports/credentials.ts'
import { inBerlin } from './control-events.ts'
import { householdBegun, everyRole } from './household-events.ts'
import type { FakeCredentials } from './fake-credentials.ts'

export const ada: NewMember = { name: 'Ada', role: 'guardian', weeklyCap: null }
export const ben: NewMember = { name: 'Ben', role: 'adult', weeklyCap: null }
export const cleo: NewMember = { name: 'Cleo', role: 'teen', weeklyCap: '1000' }
export const dot: NewMember = { name: 'Dot', role: 'child', weeklyCap: null }

export const wholeFamily = { ...inBerlin, members: [ada, ben, cleo, dot] }

const pins: Readonly<Record<string, string>> = { Ada: '2580', Ben: '7319', Cleo: '4826', Dot: '9157' }

/** The PIN that whoever is called so chooses. */
export const pinOf = (name: string): string => pins[name] ?? '6402'

export const wrongPin = '0471'

/** The six digits that an authenticator with this secret shows. */
export function codeOf(secret: string, nowMs: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: nowMs })
}

/**
 * A household with one of each role (`everyRole`: ids `guardian`, `adult`, `teen` and `child`) in log and keychain, without all
 * the questions of setting one up. Gives the guardian's second factor.
 */
export async function beginFamily(log: EventLog, credentials: FakeCredentials, limits: readonly Limit[] = []): Promise<NewSecondFactor> {
  await log.append(() => (log.controls().household ? null : { type: 'controls.begun', actor: 'guardian', payload: inBerlin }))
  await log.append(() => householdBegun(everyRole, limits))
  for (const { memberId, name } of everyRole) await credentials.setPin(memberId, pinOf(name))
  const secondFactor = await credentials.newSecondFactor('Ada')
  await credentials.setSecondFactor('guardian', secondFactor)
  return secondFactor
}
