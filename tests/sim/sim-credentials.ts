/** PINs and codes of a household in the simulation: known to everybody who plays it, and compared in no time. */
import type { Credentials } from '../../src/main/ports/credentials.ts'

export const rightPin = '2468'

/** A code is the number of its time step, so that whoever takes a later one has a code that was not used. */
export const simCredentials: Pick<Credentials, 'compare' | 'has' | 'useUpRecoveryCode'> = {
  has: () => Promise.resolve({ pin: true, secondFactor: true }),
  compare: (_memberId, { pin, code }) => Promise.resolve({ pin: pin === rightPin, code: code === undefined ? null : { kind: 'step', step: Number(code) } }),
  useUpRecoveryCode: () => Promise.resolve(),
}
