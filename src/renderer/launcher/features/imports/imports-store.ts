import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import {
  type CsvMappingView,
  type ImportedView,
  type ImportListView,
  type ImportPreviewView,
  type ImportProgressData,
  type ImportReadView,
  importRowsAtOnce,
  type ImportRowsView,
  type ImportSourceView,
  type ImportUndoneView,
} from '../../../../contract/ipc/imports.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'

export type ReadProblem = Exclude<ImportReadView, { kind: 'preview' | 'cancelled' }>
type Rows = Extract<ImportRowsView, { kind: 'ok' }>['rows']

/** What is looked at, and what the person says about it. */
export interface Looking {
  readonly kind: 'looking'
  readonly preview: ImportPreviewView
  readonly memberId: string | null
  readonly counts: boolean
  /** Rows that can go in, as far as they are shown. */
  readonly rows: Rows
  /** Why the file could not be read as it was wanted; what is shown is what it was before. */
  readonly problem: ReadProblem | null
  /** It is read anew with other columns, and what is shown is still from before. */
  readonly isRereading: boolean
}

export type ImportStage =
  | { readonly kind: 'choosing'; readonly problem: ReadProblem | null }
  /** Progress is null until the file has been chosen in the box of the system. */
  | { readonly kind: 'reading'; readonly progress: ImportProgressData | null; readonly isCancelling: boolean }
  | Looking
  | { readonly kind: 'writing'; readonly progress: ImportProgressData | null; readonly isCancelling: boolean; readonly back: Looking }
  | { readonly kind: 'ended'; readonly result: ImportedView; readonly back: Looking }
  /** A call failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }

export interface ImportsState {
  readonly stage: ImportStage
  readonly list: ImportListView | { readonly kind: 'loading' | 'broken' }
  /** The import that is being undone, and how the last one ended. */
  readonly undoing: string | null
  readonly undone: { readonly importId: string; readonly result: ImportUndoneView | { readonly kind: 'broken' } } | null
  readonly choose: (source: ImportSourceView | null) => Promise<void>
  readonly reread: (source: ImportSourceView) => Promise<void>
  readonly remap: (mapping: CsvMappingView) => Promise<void>
  readonly decide: (choice: { readonly memberId?: string | null; readonly counts?: boolean }) => void
  readonly showMore: () => Promise<void>
  readonly commit: () => Promise<void>
  readonly cancel: () => Promise<void>
  /** Goes back to what was looked at, after an end that left it there. */
  readonly goBack: () => void
  readonly startOver: () => Promise<void>
  readonly undo: (importId: string) => Promise<void>
  readonly load: () => Promise<void>
  /** Loads what was imported and follows it; gives the function that stops following. */
  readonly follow: () => () => void
}

type Needed = { readonly imports: Bridge<LauncherContract>['imports']; readonly history: Pick<Bridge<LauncherContract>['history'], 'onChanged'> }

export function createImportsStore({ imports, history }: Needed) {
  return createStore<ImportsState>()((set, get) => {
    /** Of the newest reading that was asked for: what an older one leads to is of no interest. */
    let newest = 0

    const looking = (): Looking | null => {
      const { stage } = get()
      return stage.kind === 'looking' ? stage : null
    }

    async function shown(preview: ImportPreviewView, before: Looking | null): Promise<Looking> {
      const first = await imports.rows({ offset: 0, limit: importRowsAtOnce })
      const isThere = preview.people.some(({ memberId }) => memberId === before?.memberId)
      return {
        ...{ kind: 'looking', preview, problem: null, isRereading: false },
        rows: first.kind === 'ok' ? first.rows : [],
        memberId: before && isThere ? before.memberId : (preview.people[0]?.memberId ?? null),
        counts: before?.counts ?? true,
      }
    }

    async function read(call: () => Promise<ImportReadView>, before: Looking | null): Promise<void> {
      newest += 1
      const mine = newest
      try {
        const result = await call()
        const next = result.kind === 'preview' ? await shown(result.preview, looking() ?? before) : null
        if (mine !== newest) return
        if (next) set({ stage: next })
        else if (result.kind === 'cancelled') set({ stage: before ?? { kind: 'choosing', problem: null } })
        else if (before && result.kind === 'failed') set({ stage: { ...before, isRereading: false, problem: result } })
        else if (result.kind !== 'preview') set({ stage: { kind: 'choosing', problem: result } })
      } catch {
        if (mine === newest) set({ stage: { kind: 'broken' } })
      }
    }

    return {
      stage: { kind: 'choosing', problem: null },
      list: { kind: 'loading' },
      undoing: null,
      undone: null,
      async choose(source) {
        if (get().stage.kind === 'reading') return
        set({ stage: { kind: 'reading', progress: null, isCancelling: false } })
        await read(() => imports.choose({ source }), null)
      },
      async reread(source) {
        const before = looking()
        set({ stage: { kind: 'reading', progress: null, isCancelling: false } })
        await read(() => imports.reread({ source }), before)
      },
      async remap(mapping) {
        const before = looking()
        if (!before || before.isRereading) return
        const { table } = before.preview
        // The columns at once, so that what was chosen does not jump back while the file is read.
        set({ stage: { ...before, isRereading: true, problem: null, preview: { ...before.preview, table: table && { ...table, mapping } } } })
        await read(() => imports.remap({ mapping }), before)
      },
      decide(choice) {
        const before = looking()
        if (before) set({ stage: { ...before, ...choice } })
      },
      async showMore() {
        const before = looking()
        if (!before) return
        const more = await imports.rows({ offset: before.rows.length, limit: importRowsAtOnce })
        if (looking() === before && more.kind === 'ok') set({ stage: { ...before, rows: [...before.rows, ...more.rows] } })
      },
      async commit() {
        const back = looking()
        if (!back || back.isRereading) return
        set({ stage: { kind: 'writing', progress: null, isCancelling: false, back } })
        try {
          const result = await imports.commit({ memberId: back.memberId, counts: back.counts })
          set({ stage: { kind: 'ended', result, back } })
        } catch {
          set({ stage: { kind: 'broken' } })
        }
        await get().load()
      },
      async cancel() {
        const { stage } = get()
        if (stage.kind === 'reading' || stage.kind === 'writing') set({ stage: { ...stage, isCancelling: true } })
        // How it ended is told by the reading or writing itself.
        await imports.cancel().catch(() => null)
      },
      goBack() {
        const { stage } = get()
        if (stage.kind === 'ended') set({ stage: stage.back })
      },
      async startOver() {
        newest += 1
        set({ stage: { kind: 'choosing', problem: null }, undone: null })
        await imports.cancel().catch(() => null)
      },
      async undo(importId) {
        if (get().undoing !== null) return
        set({ undoing: importId, undone: null })
        const result = await imports.undo({ importId }).catch(() => ({ kind: 'broken' }) as const)
        const { stage } = get()
        // Nothing is left of what it said.
        const isOver = result.kind === 'done' && stage.kind === 'ended'
        set({ undoing: null, undone: { importId, result }, ...(isOver && { stage: { kind: 'choosing', problem: null } }) })
        await get().load()
      },
      async load() {
        try {
          set({ list: await imports.list() })
        } catch {
          set({ list: { kind: 'broken' } })
        }
      },
      follow() {
        void get().load()
        const stops = [
          history.onChanged(() => void get().load()),
          imports.onProgress((progress) => {
            const { stage } = get()
            if (stage.kind === 'reading' || stage.kind === 'writing') set({ stage: { ...stage, progress } })
          }),
        ]
        return () => stops.forEach((stop) => stop())
      },
    }
  })
}
