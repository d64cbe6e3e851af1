/** Everything about what was bought: found, added up and taken away as a file. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import { createExportHistory } from './usecases/export-history.ts'
import { createReportInsight } from './usecases/report-insight.ts'
import { createSavePicture } from './usecases/save-picture.ts'
import { createSearchHistory } from './usecases/search-history.ts'

type Deps = Parameters<typeof createSearchHistory>[0] & Parameters<typeof createExportHistory>[0] & Parameters<typeof createSavePicture>[0]

export function createHistory(deps: Deps) {
  return {
    search: createSearchHistory(deps),
    exporting: createExportHistory(deps),
    reportInsight: createReportInsight(deps),
    savePicture: createSavePicture(deps),
  }
}

type HistoryCall = Extract<keyof LauncherContract['calls'], `history.${string}` | `insight.${string}`>

export function createHistoryHandlers({ search, exporting, reportInsight, savePicture }: ReturnType<typeof createHistory>): Pick<Handlers<LauncherContract>, HistoryCall> {
  return {
    'history.search': search.page,
    'history.summary': search.summary,
    'history.facets': search.facets,
    'history.export': exporting.start,
    'history.cancelExport': exporting.cancel,
    'insight.get': reportInsight,
    'insight.savePicture': savePicture,
  }
}
