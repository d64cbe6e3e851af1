/** What the launcher is told of its own accord: that something it may be showing is no longer true. */
import type { ImportProgressData } from '../contract/ipc/imports.ts'
import type { LauncherContract, Progress } from '../contract/ipc/launcher.ts'
import type { Status } from '../contract/ipc/status.ts'
import type { createEmit } from './ipc/serve-contract.ts'
import type { DocumentProgress } from './ports/documents.ts'
import type { ExportProgress } from './ports/exports.ts'

/** What is shown on one screen often follows from what is kept for another, so one thing tells the next. */
export function createTellLauncher(emit: ReturnType<typeof createEmit<LauncherContract>>, status: () => Status) {
  const onStatusChanged = () => emit('app.changed', status())
  const onCareChanged = () => emit('ledger.changed', {})
  const onFamilyChanged = () => emit('family.changed', {})
  const onControlsChanged = () => {
    emit('controls.changed', {})
    onFamilyChanged()
    emit('monitoring.changed', {})
  }
  return {
    onCareChanged,
    /** Whether buying is frozen is looked at as the other controls are. */
    onMonitoringChanged: onControlsChanged,
    onFamilyChanged,
    onStatusChanged,
    onProgress: (progress: Progress) => emit('purchase.progress', progress),
    onImportProgress: (progress: ImportProgressData) => emit('imports.progress', progress),
    onExportProgress: (progress: ExportProgress) => emit('history.exportProgress', progress),
    onStatementProgress: (progress: DocumentProgress) => emit('statements.progress', progress),
    onLedgerChanged() {
      onStatusChanged()
      onCareChanged()
    },
    onHistoryChanged() {
      emit('history.changed', {})
      onControlsChanged()
      onCareChanged()
    },
    /** Who is in the household, and as what, is a control too. */
    onHouseholdChanged() {
      emit('household.changed', {})
      onControlsChanged()
    },
  }
}
