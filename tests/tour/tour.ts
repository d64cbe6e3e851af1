/**
 * Drives the real app through its stories so far, each from an empty data folder, as a person would, and leaves numbered
 * pictures and `tour.json` in `out/tour/`. Later capabilities add a chapter to a story.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { keychainItem } from '../support/keychain-item.ts'
import { launchTuppence, type Tuppence } from '../support/launch.ts'
import { type Album, createAlbum } from './album.ts'
import { browse } from './chapters/01-browse.ts'
import { buy } from './chapters/02-buy.ts'
import { cancel } from './chapters/03-cancel.ts'
import { buyAgain } from './chapters/04-buy-again.ts'
import { lookUp } from './chapters/05-look-up.ts'
import { lookAfter } from './chapters/06-look-after.ts'
import { limit } from './chapters/07-limits.ts'
import { household } from './chapters/08-household.ts'
import { findProveTake } from './chapters/09-find-prove-take.ts'
import { security } from './chapters/10-security.ts'
import { kiosk } from './chapters/11-kiosk.ts'
import { accounts } from './chapters/12-accounts.ts'
import { nineGems, notMe } from './chapters/13-looks-wrong.ts'
import type { Chapter } from './chapter.ts'
import { record } from './record.ts'

interface Story {
  readonly name: string
  /** Begins with the question of who uses this; else one adult does. */
  readonly firstStart: boolean
  /** What the app is started with besides. */
  readonly args?: readonly string[]
  readonly chapters: readonly Chapter[]
}

const stories: readonly Story[] = [
  { name: 'alone', firstStart: false, chapters: [browse, buy, cancel, buyAgain, lookUp, lookAfter, findProveTake, security, limit] },
  { name: 'family', firstStart: true, chapters: [household] },
  { name: 'kiosk', firstStart: false, args: ['--kiosk'], chapters: [kiosk] },
  { name: 'watched', firstStart: false, chapters: [nineGems, notMe] },
  { name: 'visitor', firstStart: false, args: ['--kiosk'], chapters: [accounts] },
]
const outDir = fileURLToPath(new URL('../../out/tour', import.meta.url))

/** Plays a story on a folder and a keychain of its own; gives what was bought, charged and recorded in it. */
async function play({ args = [], chapters, firstStart }: Story, album: Album) {
  const dataDir = await mkdtemp(join(tmpdir(), 'tuppence-tour-'))
  const keychain = await startPrivateKeychain()
  let tuppence: Tuppence | null = null
  try {
    tuppence = await launchTuppence({ dataDir, firstStart, env: { ...keychain.env, LANGUAGE: 'en' }, args: ['--lang=en', ...args] })
    for (const chapter of chapters) {
      console.log(`tour: ${chapter.title}`)
      await chapter.play(tuppence, album, (name) => keychainItem(keychain.env, dataDir, name))
    }
    const charges = await tuppence.sandbox.charges()
    await tuppence.close()
    tuppence = null
    return record(dataDir, charges)
  } finally {
    await tuppence?.close()
    await keychain.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function main(): Promise<void> {
  await rm(outDir, { recursive: true, force: true })
  await mkdir(outDir, { recursive: true })
  const album = createAlbum(outDir)
  const told: Record<string, unknown> = {}
  for (const story of stories) told[story.name] = await play(story, album)
  const pictures = album.pictures()
  await writeFile(join(outDir, 'tour.json'), `${JSON.stringify({ ...told, pictures }, null, 2)}\n`)
  console.log(`tour: ${pictures.length} pictures, and tour.json with what was bought, charged and recorded, are in ${outDir}`)
}

await main()
