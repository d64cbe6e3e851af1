/** Puts together what is known of purchases: found, shown one by one, taken away as files, and brought in from elsewhere. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import { createHistory, createHistoryHandlers } from './create-history.ts'
import { createImportHandlers, createImports } from './create-imports.ts'
import { createPurchaseDetails, createPurchaseDetailsHandlers } from './create-purchase-details.ts'
import { createStatementHandlers, createStatements } from './create-statements.ts'
import type { createTellLauncher } from './create-tell-launcher.ts'
import type { AskFile, AskOpenFile } from './ports/ask-file.ts'
import { createSaveReceipt } from './usecases/save-receipt.ts'

/** What each of them is given besides. */
type Own = 'askFile' | 'language' | 'onHistoryChanged' | 'onProgress'
type DepsOf<F extends (deps: never) => unknown> = Omit<Parameters<F>[0], Own>
type Deps = DepsOf<typeof createHistory> &
  DepsOf<typeof createImports> &
  DepsOf<typeof createPurchaseDetails> &
  DepsOf<typeof createSaveReceipt> &
  DepsOf<typeof createStatements> & {
    readonly askOpenFile: AskOpenFile
    readonly askSaveFile: AskFile
    readonly tell: Pick<ReturnType<typeof createTellLauncher>, 'onExportProgress' | 'onHistoryChanged' | 'onImportProgress' | 'onStatementProgress'>
  }

type Topic = 'disputes' | 'documents' | 'history' | 'imports' | 'insight' | 'statements' | 'views'
type RecordsCall = Extract<keyof LauncherContract['calls'], `${Topic}.${string}`>

export function createRecords({ askOpenFile, askSaveFile, tell, ...deps }: Deps) {
  const { onHistoryChanged } = tell
  const shared = { ...deps, language: () => deps.appearance().language, askFile: askSaveFile, onHistoryChanged }
  const history = createHistory({ ...shared, onProgress: tell.onExportProgress })
  const statements = createStatements({ ...shared, onProgress: tell.onStatementProgress })
  const receipts = createSaveReceipt(shared)
  const imports = createImports({ ...shared, askFile: askOpenFile, onProgress: tell.onImportProgress })
  const handlers: Pick<Handlers<LauncherContract>, RecordsCall> = {
    ...createHistoryHandlers(history),
    ...createStatementHandlers(statements),
    'documents.saveReceipt': receipts.save,
    ...createPurchaseDetailsHandlers(createPurchaseDetails(shared)),
    ...createImportHandlers(imports),
  }
  return {
    handlers,
    /** Told when a profile was opened or locked: what one person was about to bring in is nothing that the next one sees. */
    forgetUnlessTheirs: imports.forgetUnlessTheirs,
    /** Cancels what is being written and read, and resolves when nothing is left of it. */
    async stop(): Promise<void> {
      await history.exporting.stop()
      await statements.saving.stop()
      await receipts.stop()
      await imports.stop()
    },
  }
}
