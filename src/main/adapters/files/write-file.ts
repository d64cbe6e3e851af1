import type { FileProblem } from '../../ports/file-problem.ts'
import { WholeFileError, writeWhole } from './whole-file.ts'

/** All of the file or nothing of it. Null once it is there. */
export function writeFile(file: string, bytes: Uint8Array): FileProblem | null {
  try {
    writeWhole(file, [bytes])
    return null
  } catch (error) {
    if (error instanceof WholeFileError) return error.problem
    throw error
  }
}
