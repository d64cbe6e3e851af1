/** Everything about what was bought: found, added up and taken away as a file; and what people look at, kept for them. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import { createExportHistory, type ExportHistory } from './usecases/export-history.ts'
import { createKeepViews, type KeepViews } from './usecases/keep-views.ts'
import { createSearchHistory } from './usecases/search-history.ts'

type Deps = Parameters<typeof createSearchHistory>[0] & Parameters<typeof createExportHistory>[0] & Parameters<typeof createKeepViews>[0]

export function createHistory(deps: Deps) {
  return { search: createSearchHistory(deps), exporting: createExportHistory(deps), views: createKeepViews(deps) }
}

type HistoryCall = Extract<keyof LauncherContract['calls'], `history.${string}` | `views.${string}`>

export function createHistoryHandlers({ search, exporting, views }: {
  readonly search: ReturnType<typeof createSearchHistory>
  readonly exporting: ExportHistory
  readonly views: KeepViews
}): Pick<Handlers<LauncherContract>, HistoryCall> {
  return {
    'history.search': search.page,
    'history.summary': search.summary,
    'history.facets': search.facets,
    'history.export': exporting.start,
    'history.cancelExport': exporting.cancel,
    'views.get': views.get,
    'views.keep': views.keep,
    'views.save': views.save,
    'views.remove': views.remove,
  }
}
