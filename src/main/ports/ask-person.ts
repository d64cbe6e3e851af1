/** A question about the ledger or the controls of spending that no page may answer. Every part is a whole sentence, or several. */
export interface Question {
  readonly title: string
  /** What is asked, in one sentence. */
  readonly message: string
  /** What a yes does and does not do. */
  readonly detail: string
  readonly confirm: string
  readonly cancel: string
  /** In a household with members: not only the PIN of whoever says yes, but a code of their second factor as well. */
  readonly wantsCode?: true
}

/**
 * Asks outside of all pages of the launcher. Resolves with false unless the person chose to confirm, and in a household with
 * members said who they are. `by` is the member who decides: where another profile is open by now, nobody is asked.
 */
export type AskPerson = (question: Question, by?: string | null) => Promise<boolean>
