/** How often each situation came up: a simulation in which one never does proves nothing about it. */
export interface Coverage {
  count(situation: Situation): void
  readonly counts: Readonly<Record<Situation, number>>
}

export const situations = [
  'purchase approved',
  'purchase cancelled',
  'purchase blocked by a limit',
  'purchase blocked by an exclusion',
  'limit tightened',
  'limit asked to be looser',
  'limit loosened',
  'exclusion begun',
  'exclusion returned from',
  'household begun',
  'bought by a member',
  'asked a guardian',
  'could not ask a guardian',
  'wrong PIN',
  'guardian said yes',
  'exception from a limit of a member',
  'request lapsed',
  'member excluded',
  'member came or went',
  'crash before a guardian’s yes was sent',
  'charge',
  'decline',
  'crash',
  'crash between approval and sending',
  'crash while a request was out',
  'crash between charge and hearing of it',
  'reopened one event ahead of the anchor',
  'gateway restarted',
  'request lost',
  'request delivered twice',
  'request delivered after it was given up',
  'answer lost',
  'answer forged',
  'keychain refused',
  'keychain wrote and said it had not',
  'keychain locked for a while',
  'disk refused before the write',
  'disk wrote and said it had not',
  'clock jumped back',
  'clock jumped forward',
  'success learnt from a message',
  'success learnt by asking for the key',
  'voided',
  'refund',
  'chargeback',
  'chargeback reversed',
  'message delivered again',
  'older disk put back and noticed',
] as const
export type Situation = (typeof situations)[number]

export function createCoverage(): Coverage {
  const counts = Object.fromEntries(situations.map((situation) => [situation, 0])) as Record<Situation, number>
  return { counts, count: (situation) => void (counts[situation] += 1) }
}

export function addCoverage(into: Record<Situation, number>, from: Readonly<Record<Situation, number>>): void {
  for (const situation of situations) into[situation] += from[situation]
}
