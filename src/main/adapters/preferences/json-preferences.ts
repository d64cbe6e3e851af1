import { readFile, rename, writeFile } from 'node:fs/promises'
import * as v from 'valibot'
import { type Preferences, PreferencesSchema } from '../../../contract/ipc/status.ts'

const defaults: Preferences = { language: 'system', theme: 'dark' }

/** What is kept beside what a person chooses in the page: no page turns kiosk mode on or off. */
const FileSchema = v.strictObject({ ...PreferencesSchema.entries, kiosk: v.exactOptional(v.literal(true)) })

export interface PreferencesStore {
  get(): Preferences
  isKiosk(): boolean
  /** Acts at once; rejects when it could not be kept for the next start. */
  setKiosk(on: boolean): Promise<void>
  /** Acts at once; rejects when it could not be kept for the next start. */
  set(preferences: Preferences): Promise<void>
}

/** Preferences as a small JSON file. One that cannot be read counts as the defaults: nothing of value is in it. */
export async function openPreferences(file: string): Promise<PreferencesStore> {
  let { kiosk = false, ...current }: { kiosk?: boolean } & Preferences = await read(file)
  let writing: Promise<void> = Promise.resolve()

  async function keep(): Promise<void> {
    const kept = { ...current, ...(kiosk && { kiosk }) }
    // One after the other: two at once would take each other's unfinished file away.
    const written = writing.then(() => write(file, kept))
    writing = written.catch(() => {})
    await written
  }

  return {
    get: () => current,
    isKiosk: () => kiosk,
    async set(preferences) {
      current = preferences
      await keep()
    },
    async setKiosk(on) {
      kiosk = on
      await keep()
    },
  }
}

async function read(file: string): Promise<v.InferOutput<typeof FileSchema>> {
  try {
    return v.parse(FileSchema, JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return defaults
  }
}

/** Written beside and then renamed, so that a crash leaves the old file or the new one, never half of one. */
async function write(file: string, preferences: Preferences): Promise<void> {
  // On the disk before it takes the old one's place: a kiosk may lose its power at any moment.
  await writeFile(`${file}.new`, `${JSON.stringify(preferences, null, 2)}\n`, { flush: true })
  await rename(`${file}.new`, file)
}
