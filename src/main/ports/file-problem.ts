/** Why a file could not be written. */
export type FileProblem =
  | 'diskFull'
  /** The file or its folder may not be written. */
  | 'notAllowed'
  | 'noFolder'
  /** There is a folder of that name. */
  | 'isFolder'
  /** The disk or the system failed in another way. */
  | 'notWritten'
