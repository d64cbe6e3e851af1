/** Views of the history that people keep. Nothing of value is in there: where it is lost, people look anew. */

export interface MemberViews {
  /** The address that was looked at last; null before the first. */
  readonly last: string | null
  /** By name. */
  readonly saved: readonly { readonly name: string; readonly address: string }[]
}

export const noViews: MemberViews = { last: null, saved: [] }

export interface Views {
  /** Null is whoever uses this without members. */
  of(memberId: string | null): Promise<MemberViews>
  /**
   * One change at a time, which acts at once; nothing is written where `decide` gives what it was given. Rejects where it could not be kept
   * for the next start.
   */
  change(memberId: string | null, decide: (before: MemberViews) => MemberViews): Promise<void>
  /** As though these had never kept any. Rejects as `change` does. */
  forget(memberIds: readonly string[]): Promise<void>
}
