import { createContext, useContext } from 'react'
import type { Controls } from './controls-store.ts'

export type May = Controls['rights'][number]['may']

/** Whose controls a part of the screen is about, and what the person in front of it may do with them. */
export interface Whose {
  /** Null for the household, or for the one adult who uses this alone. */
  readonly memberId: string | null
  readonly may: May
  /** Their controls and those of somebody else are on the screen at once. */
  readonly isBesideAnother?: boolean
}

export const WhoseContext = createContext<Whose>({ memberId: null, may: 'all' })

export const useWhose = (): Whose => useContext(WhoseContext)

/** What a change of their controls carries. */
export const ofMember = (memberId: string | null) => (memberId === null ? {} : { memberId })

/** What the person may do about the controls of the household (null) or of a member. */
export function mayOf({ of, rights }: Pick<Controls, 'of' | 'rights'>, memberId: string | null): May {
  if (of === null) return 'all'
  return rights.find((right) => right.memberId === memberId)?.may ?? 'look'
}

/** Those of the household, or of a member, alone. */
export function controlsOf(controls: Pick<Controls, 'standings' | 'quietHours' | 'pending'>, memberId: string | null) {
  const isTheirs = (one: { readonly memberId?: string }) => (one.memberId ?? null) === memberId
  return {
    standings: controls.standings.filter(isTheirs),
    quietHours: controls.quietHours.filter(isTheirs),
    pending: controls.pending.filter(({ change }) => (change.kind === 'zone' ? memberId === null : change.kind !== 'member' && isTheirs(change))),
  }
}

/** Those whose controls the person may decide about, each of them once: the household first, then themselves. */
export function decidable({ of, rights }: Pick<Controls, 'of' | 'rights'>): readonly (string | null)[] {
  const ids = rights.map(({ memberId }) => memberId).filter((memberId) => memberId !== null && memberId !== of)
  return of === null ? [null] : [null, of, ...ids]
}
