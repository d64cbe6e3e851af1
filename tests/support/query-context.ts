import type { QueryContext } from '../../src/domain/history/read-query.ts'

/** A guardian in Berlin on a Wednesday, whose household counts in euros. */
export const guardiansContext: QueryContext = {
  language: 'en',
  todayDay: '2026-11-25',
  zone: 'Europe/Berlin',
  members: [
    { memberId: 'mia', name: 'Mia' },
    { memberId: 'max', name: 'Max Müller' },
    { memberId: 'maxi', name: 'Maximilian' },
  ],
  homeCurrency: 'EUR',
}
