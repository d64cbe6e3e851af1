/** Receipts as files. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import type { SaveReceipt } from './usecases/save-receipt.ts'

type DocumentsCall = Extract<keyof LauncherContract['calls'], `documents.${string}`>

export function createDocumentsHandlers({ receipts }: { readonly receipts: SaveReceipt }): Pick<Handlers<LauncherContract>, DocumentsCall> {
  return { 'documents.saveReceipt': receipts.save }
}
