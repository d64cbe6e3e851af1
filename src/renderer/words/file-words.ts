import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ExportResult } from '../../contract/ipc/export.ts'

type FileProblem = Extract<ExportResult, { kind: 'failed' }>['problem']

/** Why a file was not written where somebody wanted it, and what to do about that. */
export const fileProblemWords: Record<FileProblem, MessageDescriptor> = {
  diskFull: msg`The disk is full. Make room, or choose another one.`,
  notAllowed: msg`You may not write there. Choose another folder.`,
  noFolder: msg`That folder is not there any more. Choose another one.`,
  isFolder: msg`There is a folder of that name. Choose another name.`,
  notWritten: msg`The disk did not take the file. Choose another one.`,
  ledgerUnreadable: msg`Your ledger cannot be read. Nothing was deleted. The notice above says what is wrong.`,
}
