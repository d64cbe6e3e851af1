import type { Role } from '../../../../contract/controls.ts'
import type { Controls } from '../limits/controls-store.ts'

/** Whether a minor has nothing to spend at the seller, so that every purchase there is a question to a guardian. */
export function asksFirst(role: Role | 'alone', { of, standings }: Pick<Controls, 'of' | 'standings'>, sellerId: string): boolean {
  if (role !== 'teen' && role !== 'child') return false
  return standings.some(
    (standing) => standing.memberId === of && standing.amount === '0' && (standing.sellerId === null || standing.sellerId === sellerId),
  )
}
