/** Everything about bringing in what was bought elsewhere. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import type { Gateway } from './ports/gateway.ts'
import { createImportHistory, type ImportHistoryDeps } from './usecases/import-history.ts'
import { createQuoteNow, createTrustedNow } from './usecases/trusted-now.ts'
import type { Clock } from './ports/clock.ts'

type Deps = Omit<ImportHistoryDeps, 'clock' | 'gateway' | 'nextTurn' | 'quoteNow'> & { readonly clock: Clock; readonly gateway: Gateway }

export function createImports(deps: Deps) {
  const { clock, gateway, ledger } = deps
  const quoteNow = createQuoteNow(gateway, createTrustedNow({ clock, ledger, latestGatewayTime: gateway.latestTime }))
  return createImportHistory({ ...deps, quoteNow, nextTurn: () => nextTurn() })
}

type ImportCall = Extract<keyof LauncherContract['calls'], `imports.${string}`>

export function createImportHandlers(imports: ReturnType<typeof createImports>): Pick<Handlers<LauncherContract>, ImportCall> {
  return {
    'imports.choose': imports.choose,
    'imports.reread': imports.reread,
    'imports.remap': imports.remap,
    'imports.rows': imports.rows,
    'imports.commit': imports.commit,
    'imports.cancel': imports.cancel,
    'imports.list': imports.list,
    'imports.undo': imports.undo,
  }
}
