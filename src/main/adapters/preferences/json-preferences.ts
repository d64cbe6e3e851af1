import { readFile, rename, writeFile } from 'node:fs/promises'
import * as v from 'valibot'
import { type Preferences, PreferencesSchema } from '../../../contract/ipc/status.ts'

const defaults: Preferences = { language: 'system', theme: 'dark' }

export interface PreferencesStore {
  get(): Preferences
  /** Acts at once; rejects when it could not be kept for the next start. */
  set(preferences: Preferences): Promise<void>
}

/** Preferences as a small JSON file. One that cannot be read counts as the defaults: nothing of value is in it. */
export async function openPreferences(file: string): Promise<PreferencesStore> {
  let current = await read(file)
  let writing: Promise<void> = Promise.resolve()
  return {
    get: () => current,
    async set(preferences) {
      current = preferences
      // One after the other: two at once would take each other's unfinished file away.
      const written = writing.then(() => write(file, preferences))
      writing = written.catch(() => {})
      await written
    },
  }
}

async function read(file: string): Promise<Preferences> {
  try {
    return v.parse(PreferencesSchema, JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return defaults
  }
}

/** Written beside and then renamed, so that a crash leaves the old file or the new one, never half of one. */
async function write(file: string, preferences: Preferences): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(preferences, null, 2)}\n`)
  await rename(`${file}.new`, file)
}
