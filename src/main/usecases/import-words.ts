/** What the system's box for choosing a file says. */
import type { Language } from '../../contract/ipc/status.ts'
import type { ImportSource } from '../../domain/imports.ts'
import type { OpenQuestion } from '../ports/ask-file.ts'

const title: Record<Language, string> = { en: 'Choose the file to import', de: 'Datei zum Importieren wählen' }
const others: Record<Language, string> = { en: 'All files', de: 'Alle Dateien' }
const anything: Record<Language, string> = { en: 'Purchases', de: 'Käufe' }

const kinds: Record<ImportSource, { readonly kind: string; readonly extensions: readonly string[] }> = {
  steam: { kind: 'Steam', extensions: ['html', 'htm', 'csv'] },
  googlePlay: { kind: 'Google Play', extensions: ['json'] },
  playStation: { kind: 'PlayStation', extensions: ['csv'] },
  xbox: { kind: 'Xbox', extensions: ['csv'] },
  csv: { kind: 'CSV', extensions: ['csv', 'tsv', 'txt'] },
  ofx: { kind: 'OFX', extensions: ['ofx', 'qfx'] },
}

export function openQuestion(language: Language, source: ImportSource | null): OpenQuestion {
  const all = [...new Set(Object.values(kinds).flatMap(({ extensions }) => extensions))]
  const shown = source === null ? { kind: anything[language], extensions: all } : kinds[source]
  return { title: title[language], ...shown, others: others[language] }
}
