/** Everything about what was bought: found, added up and taken away as a file; and what people look at, kept for them. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import { createExportHistory } from './usecases/export-history.ts'
import { createKeepViews } from './usecases/keep-views.ts'
import { createReportInsight } from './usecases/report-insight.ts'
import { createSavePicture } from './usecases/save-picture.ts'
import { createSearchHistory } from './usecases/search-history.ts'

type DepsOf<F extends (deps: never) => unknown> = Parameters<F>[0]
type Deps = DepsOf<typeof createSearchHistory> &
  DepsOf<typeof createExportHistory> &
  DepsOf<typeof createKeepViews> &
  DepsOf<typeof createSavePicture>

export function createHistory(deps: Deps) {
  return {
    search: createSearchHistory(deps),
    exporting: createExportHistory(deps),
    views: createKeepViews(deps),
    reportInsight: createReportInsight(deps),
    savePicture: createSavePicture(deps),
  }
}

type Topic = 'history' | 'insight' | 'views'
type HistoryCall = Exclude<Extract<keyof LauncherContract['calls'], `${Topic}.${string}`>, 'history.purchase'>

export function createHistoryHandlers(history: ReturnType<typeof createHistory>): Pick<Handlers<LauncherContract>, HistoryCall> {
  const { search, exporting, views, reportInsight, savePicture } = history
  return {
    'history.search': search.page,
    'history.summary': search.summary,
    'history.facets': search.facets,
    'history.export': exporting.start,
    'history.cancelExport': exporting.cancel,
    'insight.get': reportInsight,
    'insight.savePicture': savePicture,
    'views.get': views.get,
    'views.keep': views.keep,
    'views.save': views.save,
    'views.remove': views.remove,
  }
}
