import { createStore } from 'zustand/vanilla'
import type { Bridge } from '../../../../contract/ipc/channel.ts'
import type { HistoryFacetsView, HistoryPage, HistoryQuestionView, HistorySummaryView, LineView, Reading } from '../../../../contract/ipc/history.ts'
import type { LauncherContract } from '../../../../contract/ipc/launcher.ts'
import { addressOf } from './history-address.ts'
import { type Pages, pagesFor, withPage } from './line-pages.ts'
import { everything } from './question.ts'

type Answered<T extends { kind: string }> = Extract<T, { kind: 'ok' }>
type NotThere = Exclude<HistoryPage, { kind: 'ok' }>
export type Facets = Answered<HistoryFacetsView>

/** What a question found. */
export interface Found {
  readonly question: HistoryQuestionView
  readonly reading: Reading
  readonly unverified: boolean
  /** Null while it is still being added up. */
  readonly summary: Answered<HistorySummaryView> | null
  readonly pages: Pages
}

export type HistoryView =
  | { readonly kind: 'loading' }
  /** The call itself failed: that is a fault of Tuppence. */
  | { readonly kind: 'broken' }
  | NotThere
  | { readonly kind: 'found'; readonly found: Found }

/** Where the table was left. */
export interface Spot {
  /** Of the question that it showed. */
  readonly address: string
  /** How far down, in CSS pixels. */
  readonly y: number
  /** The line at which the keyboard was, by its id and its number; null where it was at none. */
  readonly line: { readonly id: string; readonly number: number } | null
  /** Whether that line's purchase was opened. */
  readonly isOpened: boolean
}

export interface HistoryState {
  readonly view: HistoryView
  readonly question: HistoryQuestionView
  /** What there is to choose from; null until it is known. */
  readonly facets: Facets | null
  /** Null where nothing was looked at yet. */
  readonly spot: Spot | null
  /** Shows what that finds, in place of whatever was asked before. */
  readonly ask: (question: HistoryQuestionView) => Promise<void>
  /** Asks the same anew. What is shown stays until there is something newer. */
  readonly load: () => Promise<void>
  /** These lines are looked at, both included: fetches those of them that are not there. */
  readonly want: (first: number, last: number) => void
  readonly leave: (spot: Spot) => void
  /** Asks again whenever the history changes; gives the function that stops. */
  readonly follow: () => () => void
}

/** So many lines are fetched at once. */
export const pageSize = 100
/** So many fetches of lines are under way at most: who drags the bar across a million asks for the last place, not for all between. */
const mostFetches = 2
/** Lines are shown that much before they are added up, at most. */
const patienceMs = 150
const buildingPollMs = 500

/** Every line of what was asked, as far as it is looked at. */
export function createHistoryStore({ history }: Pick<Bridge<LauncherContract>, 'history'>, wait = (ms: number) => new Promise<void>((go) => setTimeout(go, ms))) {
  return createStore<HistoryState>()((set, get) => {
    /** The number of the newest question: what answers an older one is dropped. */
    let newest = 0
    let wanted = { first: 0, last: 0 }
    let fetching = new Set<number>()
    let followers = 0

    const fetchPage = (question: HistoryQuestionView, page: number) =>
      history.search({ question, offset: page * pageSize, limit: pageSize }).catch(() => ({ kind: 'broken' }) as const)

    const notThere = (view: NotThere | { readonly kind: 'broken' }) => {
      set({ view })
      if (view.kind === 'building') void wait(buildingPollMs).then(() => (followers > 0 && get().view === view ? get().load() : undefined))
    }

    /** Fetches what is looked at and not there, one after the other. */
    const fetchWanted = () => {
      const { view } = get()
      if (view.kind !== 'found') return
      const missing = pagesFor(wanted, pageSize).filter((page) => !view.found.pages.has(page) && !fetching.has(page))
      for (const page of missing.slice(0, Math.max(0, mostFetches - fetching.size))) void fetchInto(newest, view.found.question, page)
    }

    const fetchInto = async (number: number, question: HistoryQuestionView, page: number) => {
      const mine = fetching
      mine.add(page)
      const answer = await fetchPage(question, page)
      mine.delete(page)
      const { view } = get()
      if (number !== newest || view.kind !== 'found') return
      if (answer.kind !== 'ok') return notThere(answer)
      set({ view: { kind: 'found', found: { ...view.found, pages: withPage(view.found.pages, page, answer.lines, wanted, pageSize) } } })
      fetchWanted()
    }

    const loadFacets = async () => {
      const facets = await history.facets().catch(() => null)
      if (facets?.kind === 'ok') set({ facets })
    }

    const load = async () => {
      const number = (newest += 1)
      fetching = new Set()
      const { question } = get()
      const isStale = () => number !== newest
      const adding = history.summary({ question }).catch(() => ({ kind: 'broken' }) as const)
      const pageNumbers = pagesFor(wanted, pageSize)
      const answers = await Promise.all(pageNumbers.map((page) => fetchPage(question, page)))
      const early = isStale() ? null : await Promise.race([adding, wait(patienceMs).then(() => null)])
      if (isStale()) return
      const failed = [...answers, early].find((answer) => answer !== null && answer.kind !== 'ok')
      if (failed) return notThere(failed)
      const found = foundIn(question, pageNumbers, answers as readonly Answered<HistoryPage>[])
      const { view } = get()
      // The sums of the same question are better than none until there are newer ones.
      const before = view.kind === 'found' && addressOf(view.found.question) === addressOf(question) ? view.found.summary : null
      const shown = { ...found, summary: early?.kind === 'ok' ? early : before }
      set({ view: { kind: 'found', found: shown } })
      fetchWanted()
      if (early === null) await showSums(isStale, adding)
    }

    const showSums = async (isStale: () => boolean, adding: Promise<HistorySummaryView | { readonly kind: 'broken' }>) => {
      const summary = await adding
      const { view } = get()
      if (isStale() || view.kind !== 'found') return
      if (summary.kind !== 'ok') return notThere(summary)
      set({ view: { kind: 'found', found: { ...view.found, summary } } })
    }

    return {
      view: { kind: 'loading' },
      question: everything,
      facets: null,
      spot: null,
      async ask(question) {
        // Who comes back to a question looks at the same lines of it.
        if (addressOf(question) !== addressOf(get().question)) wanted = { first: 0, last: 0 }
        set({ question })
        await load()
      },
      load,
      want(first, last) {
        wanted = { first, last }
        fetchWanted()
      },
      leave: (spot) => set({ spot }),
      follow() {
        followers += 1
        void loadFacets()
        let running: Promise<void> | null = null
        let isAgain = false
        const refresh = async () => {
          do {
            isAgain = false
            await Promise.all([load(), loadFacets()])
          } while (isAgain)
          running = null
        }
        const stop = history.onChanged(() => {
          // An import tells of every part: one more look after the last is enough.
          if (running) isAgain = true
          else running = refresh()
        })
        return () => {
          followers -= 1
          isAgain = false
          stop()
        }
      },
    }
  })
}

function foundIn(question: HistoryQuestionView, pageNumbers: readonly number[], answers: readonly Answered<HistoryPage>[]): Omit<Found, 'summary'> {
  const pages = new Map<number, readonly LineView[]>()
  for (const [index, page] of pageNumbers.entries()) pages.set(page, answers[index]?.lines ?? [])
  return { question, pages, reading: answers[0]?.reading ?? [], unverified: answers.some(({ unverified }) => unverified) }
}
