/** Everything about what was bought: found, added up and taken away as a file. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import { createExportHistory, type ExportHistory } from './usecases/export-history.ts'
import { createSearchHistory } from './usecases/search-history.ts'

type Deps = Parameters<typeof createSearchHistory>[0] & Parameters<typeof createExportHistory>[0]

export function createHistory(deps: Deps) {
  return { search: createSearchHistory(deps), exporting: createExportHistory(deps) }
}

type HistoryCall = Exclude<Extract<keyof LauncherContract['calls'], `history.${string}`>, 'history.purchase'>

export function createHistoryHandlers({ search, exporting }: {
  readonly search: ReturnType<typeof createSearchHistory>
  readonly exporting: ExportHistory
}): Pick<Handlers<LauncherContract>, HistoryCall> {
  return {
    'history.search': search.page,
    'history.summary': search.summary,
    'history.facets': search.facets,
    'history.export': exporting.start,
    'history.cancelExport': exporting.cancel,
  }
}
