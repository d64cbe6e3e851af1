export interface FileQuestion {
  readonly title: string
  /** The name that is proposed. */
  readonly name: string
  /** What files of the kind are called, and what their names end in, without a dot. */
  readonly kind: string
  readonly extension: string
}

/** Asks outside of all pages where a file is to be written. Null where the person gives up, or where it cannot be asked. */
export type AskFile = (question: FileQuestion) => Promise<string | null>
