import type { Posture, PostureFormat, SavedPosture } from '../../contract/ipc/posture.ts'
import type { Language } from '../../contract/ipc/status.ts'
import { canonicalJson } from '../../domain/canonical.ts'
import { postureFile } from '../../domain/posture-file.ts'
import type { AskFile } from '../ports/ask-file.ts'
import type { Device } from '../ports/device.ts'
import type { DocumentOrder, Documents } from '../ports/documents.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { VaultError } from '../ports/vault.ts'
import { posturePaper } from './posture-paper.ts'
import type { Actor } from './who-decides.ts'

interface Deps {
  readonly actor: Actor
  readonly askFile: AskFile
  readonly device: Pick<Device, 'attest'>
  readonly documents: Documents
  readonly language: () => Language
  readonly ledger: Pick<LedgerAccess, 'log'>
  readonly reportPosture: () => Promise<Posture>
  readonly systemZone: () => string
}

const words: Readonly<Record<Language, { readonly title: string; readonly kinds: Readonly<Record<PostureFormat, string>> }>> = {
  en: { title: 'Save the state of the safeguards', kinds: { pdf: 'PDF', json: 'Signed file' } },
  de: { title: 'Stand der Schutzmaßnahmen speichern', kinds: { pdf: 'PDF', json: 'Unterschriebene Datei' } },
}

export interface SavePosture {
  save(input: { readonly format: PostureFormat }): Promise<SavedPosture>
  /** Cancels what is being written, and resolves when nothing is left of it. */
  stop(): Promise<void>
}

/** Measures anew and saves that, so that what is shown to somebody is of the moment that it names. */
export function createSavePosture(deps: Deps): SavePosture {
  let running: { readonly cancel: AbortController; readonly end: Promise<SavedPosture> } | null = null
  return {
    async save({ format }) {
      if (running) return { kind: 'busy' }
      const cancel = new AbortController()
      running = { cancel, end: savePosture(deps, format, cancel.signal) }
      try {
        return await running.end
      } finally {
        running = null
      }
    },
    async stop() {
      running?.cancel.abort()
      await running?.end.catch(() => null)
    },
  }
}

async function savePosture(deps: Deps, format: PostureFormat, signal: AbortSignal): Promise<SavedPosture> {
  const before = deps.actor()
  const { title, kinds } = words[deps.language()]
  const file = await deps.askFile({ title, name: `tuppence-security.${format}`, kind: kinds[format], extension: format })
  if (file === null || signal.aborted) return { kind: 'cancelled' }
  // The box was open for as long as the person liked.
  if (deps.actor() !== before) return { kind: 'locked' }
  const posture = await deps.reportPosture()
  const order = await orderFor(deps, posture, format)
  if (!order) return { kind: 'notSigned' }
  const end = await deps.documents.write(order, file, { signal, onProgress: () => {} })
  return end.kind === 'written' ? { kind: 'written', name: file.split(/[\\/]/).at(-1) ?? file } : end
}

/** Null where there is no key to sign with. */
async function orderFor(deps: Deps, posture: Posture, format: PostureFormat): Promise<DocumentOrder | null> {
  if (format === 'pdf') {
    const zone = deps.ledger.log()?.controls().household?.zone ?? deps.systemZone()
    return { kind: 'pdf', paper: posturePaper(posture, { language: deps.language(), zone }) }
  }
  try {
    return { kind: 'text', text: postureFile(posture, await deps.device.attest(canonicalJson(posture))) }
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}
