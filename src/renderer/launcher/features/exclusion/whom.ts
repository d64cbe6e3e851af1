import type { ExclusionState } from '../../../../contract/ipc/controls.ts'
import type { Controls } from '../limits/controls-store.ts'

/** The minors whom the person in front of the screen may exclude. */
export function excludable({ of, rights }: Pick<Controls, 'of' | 'rights'>): readonly string[] {
  return rights.flatMap(({ memberId, mayExclude }) => (mayExclude && memberId !== null && memberId !== of ? [memberId] : []))
}

/** Of a minor, or for null of the person in front of the screen. */
export function exclusionOf({ exclusion, exclusions }: Pick<Controls, 'exclusion' | 'exclusions'>, memberId: string | null): ExclusionState {
  if (memberId === null) return exclusion
  return exclusions.find((one) => one.memberId === memberId)?.state ?? { kind: 'none' }
}

/** Whether they can say that buying may go on: for a minor, or for null for themselves. */
export function mayReturn({ of, rights }: Pick<Controls, 'of' | 'rights'>, memberId: string | null): boolean {
  if (of === null) return true
  return rights.find((right) => right.memberId === (memberId ?? of))?.mayReturn ?? false
}
