/**
 * Drives the real app from an empty data folder through its story so far, as a person would, and leaves numbered
 * pictures and `tour.json` in `out/tour/`. Later capabilities add a chapter to the list.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { launchTuppence, type Tuppence } from '../support/launch.ts'
import { createAlbum } from './album.ts'
import { browse } from './chapters/01-browse.ts'
import { buy } from './chapters/02-buy.ts'
import { cancel } from './chapters/03-cancel.ts'
import { buyAgain } from './chapters/04-buy-again.ts'
import { lookUp } from './chapters/05-look-up.ts'
import { lookAfter } from './chapters/06-look-after.ts'
import { limit } from './chapters/07-limits.ts'
import type { Chapter } from './chapter.ts'
import { record } from './record.ts'

const chapters: readonly Chapter[] = [browse, buy, cancel, buyAgain, lookUp, lookAfter, limit]
const outDir = fileURLToPath(new URL('../../out/tour', import.meta.url))

async function main(): Promise<void> {
  await rm(outDir, { recursive: true, force: true })
  await mkdir(outDir, { recursive: true })
  const dataDir = await mkdtemp(join(tmpdir(), 'tuppence-tour-'))
  const keychain = await startPrivateKeychain()
  let tuppence: Tuppence | null = null
  try {
    tuppence = await launchTuppence({ dataDir, env: { ...keychain.env, LANGUAGE: 'en' }, args: ['--lang=en'] })
    const album = createAlbum(outDir)
    for (const chapter of chapters) {
      console.log(`tour: ${chapter.title}`)
      await chapter.play(tuppence, album)
    }
    const charges = await tuppence.sandbox.charges()
    await tuppence.close()
    tuppence = null
    await writeFile(join(outDir, 'tour.json'), `${JSON.stringify(record(dataDir, charges, album.pictures()), null, 2)}\n`)
    console.log(`tour: ${album.pictures().length} pictures, and tour.json with what was bought, charged and recorded, are in ${outDir}`)
  } finally {
    await tuppence?.close()
    await keychain.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

await main()
