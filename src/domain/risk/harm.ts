import type { SignCode } from './signs.ts'

/** Somebody else is spending; the person is, in a way that they may regret. */
export const harms = ['takeover', 'burst'] as const
export type Harm = (typeof harms)[number]

/** Log odds of one harm: a bias, what each sign adds at full strength, and what each pair of signs adds on top. */
export interface Weights {
  readonly bias: number
  /** Never below 0: no sign lowers a score. */
  readonly signs: readonly (readonly [SignCode, number])[]
  readonly pairs: readonly (readonly [SignCode, SignCode, number])[]
}

export type AllWeights = Readonly<Record<Harm, Weights>>
