/** A question about the ledger or the controls of spending that no page may answer. Every part is a whole sentence, or several. */
export interface Question {
  readonly title: string
  /** What is asked, in one sentence. */
  readonly message: string
  /** What a yes does and does not do. */
  readonly detail: string
  readonly confirm: string
  readonly cancel: string
}

/** Asks outside of all pages. Resolves with false unless the person chose to confirm; the choice offered first is to cancel. */
export type AskPerson = (question: Question) => Promise<boolean>
