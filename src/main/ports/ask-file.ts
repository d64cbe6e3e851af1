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

export interface OpenQuestion {
  readonly title: string
  /** Which files are shown first: what they are called, and what their names end in, without a dot. Others can be chosen all the same. */
  readonly kind: string
  readonly extensions: readonly string[]
  /** What all others are called. */
  readonly others: string
}

/** Asks outside of all pages which file is to be read. Null likewise. */
export type AskOpenFile = (question: OpenQuestion) => Promise<string | null>
