import type { PictureArea, PictureResult } from '../../contract/ipc/insight.ts'
import type { Language } from '../../contract/ipc/status.ts'
import { localTimeIn } from '../../domain/export/export-text.ts'
import type { AskFile } from '../ports/ask-file.ts'
import type { Clock } from '../ports/clock.ts'
import type { FileProblem } from '../ports/file-problem.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { historyViewer } from './history-question.ts'
import { nameIn } from './name-in.ts'
import type { Actor } from './who-decides.ts'

const titles: Record<Language, string> = { en: 'Save the picture', de: 'Bild speichern' }

/** Writes what can be seen of a part of the launcher's page. The picture is of the moment of asking, not of when the box was answered. */
export function createSavePicture(deps: {
  readonly actor: Actor
  readonly ledger: LedgerAccess
  readonly clock: Pick<Clock, 'now'>
  readonly systemZone: () => string
  readonly askFile: AskFile
  readonly language: () => Language
  /** The bytes of a PNG file; null where nothing can be seen. */
  readonly takePicture: (area: PictureArea) => Promise<Uint8Array | null>
  /** All of the file or nothing of it; null once it is there. */
  readonly writeFile: (file: string, bytes: Uint8Array) => FileProblem | null
}) {
  let isBusy = false
  return async (area: PictureArea): Promise<PictureResult> => {
    if (isBusy) return { kind: 'busy' }
    isBusy = true
    try {
      const viewer = historyViewer(deps)
      if ('kind' in viewer) return { kind: viewer.kind === 'locked' ? 'locked' : 'noPicture' }
      const bytes = await deps.takePicture(area)
      if (!bytes) return { kind: 'noPicture' }
      const { date } = localTimeIn(viewer.everything.zone)(new Date(deps.clock.now()).toISOString())
      const file = await deps.askFile({ title: titles[deps.language()], name: `tuppence-${date}.png`, kind: 'PNG', extension: 'png' })
      if (file === null) return { kind: 'cancelled' }
      const problem = deps.writeFile(file, bytes)
      return problem ? { kind: 'failed', problem } : { kind: 'written', name: nameIn(file) }
    } finally {
      isBusy = false
    }
  }
}
