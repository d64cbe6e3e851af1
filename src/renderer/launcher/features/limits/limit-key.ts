import type { LimitKey } from '../../../../contract/controls.ts'

/** Tells one limit from all others. */
export const keyOf = ({ period, sellerId, memberId }: LimitKey): string => `${period} ${sellerId ?? ''} ${memberId ?? ''}`
