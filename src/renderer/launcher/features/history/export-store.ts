import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { ExportFormatChoice, ExportProgressData, ExportResult } from '../../../../contract/ipc/export.ts'
import type { HistoryQuestionView } from '../../../../contract/ipc/history.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'

export type ExportView =
  | { readonly kind: 'choosing' }
  /** Progress is null until the file has been chosen and the first lines are written. */
  | { readonly kind: 'running'; readonly progress: ExportProgressData | null; readonly isCancelling: boolean }
  | { readonly kind: 'ended'; readonly result: ExportResult }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }

export interface ExportState {
  readonly view: ExportView
  /** Writes all that the question finds, or everything for null. */
  readonly start: (format: ExportFormatChoice, question: HistoryQuestionView | null) => Promise<void>
  readonly cancel: () => Promise<void>
  /** Forgets how the last one ended. */
  readonly reset: () => void
}

type NeededHistory = Pick<Bridge<LauncherContract>['history'], 'export' | 'cancelExport' | 'onExportProgress'>

export function createExportStore({ history }: { readonly history: NeededHistory }) {
  return createStore<ExportState>()((set, get) => ({
    view: { kind: 'choosing' },
    async start(format, question) {
      if (get().view.kind === 'running') return
      set({ view: { kind: 'running', progress: null, isCancelling: false } })
      const stopListening = history.onExportProgress((progress) => {
        const { view } = get()
        if (view.kind === 'running') set({ view: { ...view, progress } })
      })
      try {
        const result = await history.export({ format, question })
        set({ view: { kind: 'ended', result } })
      } catch {
        set({ view: { kind: 'broken' } })
      } finally {
        stopListening()
      }
    },
    async cancel() {
      const { view } = get()
      if (view.kind !== 'running') return
      set({ view: { ...view, isCancelling: true } })
      // How it ended is told by the export itself.
      await history.cancelExport().catch(() => null)
    },
    reset() {
      if (get().view.kind !== 'running') set({ view: { kind: 'choosing' } })
    },
  }))
}
