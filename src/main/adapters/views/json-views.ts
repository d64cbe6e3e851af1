/** Views of the history as a small JSON file, with those of each member apart. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import * as v from 'valibot'
import { SavedViewSchema, savedViewsAtMost, ViewAddressSchema } from '../../../contract/ipc/views.ts'
import { IdSchema } from '../../../contract/text.ts'
import { type MemberViews, noViews, type Views } from '../../ports/views.ts'

const EntrySchema = v.strictObject({
  memberId: v.nullable(IdSchema),
  last: v.nullable(ViewAddressSchema),
  saved: v.pipe(v.array(SavedViewSchema), v.maxLength(savedViewsAtMost)),
})

type Kept = ReadonlyMap<string | null, MemberViews>

/**
 * What is no views in the file is left out, each member's for itself. A file that is there and cannot be read is not written over, so that
 * nobody's views are lost to a disk that fails for a moment.
 */
export function createJsonViews(file: string): Views {
  let known: Kept | null = null
  let isWritten = true
  let turn: Promise<unknown> = Promise.resolve()

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work)
    turn = result.catch(() => {})
    return result
  }
  const kept = async (): Promise<Kept> => (known ??= await read(file))

  async function become(next: Kept): Promise<void> {
    known = next
    isWritten = false
    await write(file, next)
    isWritten = true
  }

  return {
    of: (memberId) =>
      inTurn(async () => {
        const all = await kept().catch(() => null)
        return all?.get(memberId) ?? noViews
      }),
    change: (memberId, decide) =>
      inTurn(async () => {
        const all = await kept()
        const before = all.get(memberId) ?? noViews
        const after = decide(before)
        if (after !== before || !isWritten) await become(new Map(all).set(memberId, after))
      }),
    forget: (memberIds) =>
      inTurn(async () => {
        const all = await kept()
        const left = [...all].filter(([memberId]) => memberId === null || !memberIds.includes(memberId))
        if (left.length < all.size) await become(new Map(left))
      }),
  }
}

/** Rejects where the file is there and cannot be read. */
async function read(file: string): Promise<Kept> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '[]'
    throw error
  })
  return new Map(entriesIn(text).map(({ memberId, ...views }) => [memberId, views]))
}

function entriesIn(text: string): v.InferOutput<typeof EntrySchema>[] {
  try {
    const entries: unknown = JSON.parse(text)
    return Array.isArray(entries) ? entries.filter((entry) => v.is(EntrySchema, entry)) : []
  } catch {
    return []
  }
}

/** Written beside and then renamed, so that a crash leaves the old file or the new one. What people look for is for nobody else to read. */
async function write(file: string, kept: Kept): Promise<void> {
  const entries = [...kept].map(([memberId, views]) => ({ memberId, ...views }))
  await writeFile(`${file}.new`, `${JSON.stringify(entries, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}
