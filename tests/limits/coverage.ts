/** What came up in the traces, so that nobody is content with traces in which nothing happens. */
export const situations = [
  'approved',
  'approved when it was asked about, and refused when it was answered',
  'refused by a limit',
  'refused by a limit of a seller',
  'refused by reservations alone',
  'refused by quiet hours',
  'refused by an exclusion that runs',
  'refused by an exclusion that has ended',
  'refused by an exclusion that cools off',
  'bought after an exclusion',
  'released and used again',
  'succeeded after its release',
  'money came back',
  'tightened',
  'asked for something looser',
  'became looser',
  'second yes too early',
  'second yes too late',
  'another zone',
  'shorter exclusion refused',
  'stricter controls taken over',
  'warned at 80',
  'warned at 100',
] as const
export type Situation = (typeof situations)[number]

export function createCoverage() {
  const counts = Object.fromEntries(situations.map((situation) => [situation, 0])) as Record<Situation, number>
  return { counts, count: (situation: Situation) => void (counts[situation] += 1) }
}
export type Coverage = ReturnType<typeof createCoverage>
