import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useFeature } from '../../app/stores.ts'
import { goTo } from '../../app/hash-location.ts'
import { GridRow } from './grid-row.tsx'
import { rowByKey } from './grid-keys.ts'
import styles from './history-grid.module.css'
import { type Found, pageSize, type Spot } from './history-store.ts'
import { lineAt, lineOfId } from './line-pages.ts'
import { purchaseHref } from './line-row.tsx'
import type { Heights, RowsLayout } from './rows-layout.ts'
import { bodyHeight } from './scroll-space.ts'
import { useInnerSize, useScrollPlace } from './use-scroll-place.ts'

interface GridBodyProps {
  readonly address: string
  readonly found: Found
  readonly isOfMany: boolean
  readonly layout: RowsLayout
  readonly heights: Heights
}

/** A row and, where a line stands in it, that line: so it is known again when others come before it. */
interface Active {
  readonly row: number
  readonly id: string | null
}

/** Rows that are drawn above and below those in sight. */
const spare = 6

/** The rows that are in sight, of however many there are. Of all rows one takes part in the order of Tab. */
export function GridBody({ address, found, isOfMany, layout, heights }: GridBodyProps) {
  const [spot] = useState(useSpotOf(address))
  const want = useFeature('history', (state) => state.want)
  const leave = useFeature('history', (state) => state.leave)
  const scroller = useRef<HTMLDivElement>(null)
  const { height: sight } = useInnerSize(scroller)
  const { place, scrollTo } = useScrollPlace(scroller, layout.height, sight, spot?.y ?? 0)
  const first = layout.rowAt(place.y)
  const last = Math.min(layout.rows - 1, layout.rowAt(place.y + sight))
  const { active, activate, isWithin, focusHandlers } = useActiveRow({ scroller, found, layout, spot })
  useSteadyPlace({ found, layout, y: place.y, first, scrollTo })

  const [firstLine, lastLine] = [lineNear(layout, Math.max(0, first - spare)), lineNear(layout, Math.min(layout.rows - 1, last + spare))]
  useEffect(() => {
    if (sight > 0) want(firstLine, lastLine)
  }, [want, firstLine, lastLine, sight])

  const isOpened = useRef(false)
  const left = useRef<Spot | null>(null)
  const activeLine = active && active.id !== null ? { id: active.id, number: lineNear(layout, active.row) } : null
  useEffect(() => {
    left.current = { address, y: place.y, line: activeLine, isOpened: false }
  })
  useEffect(() => () => {
    if (left.current) leave({ ...left.current, isOpened: isOpened.current })
  }, [leave])

  const lineIn = (row: number) => {
    const at = layout.at(row)
    return at.kind === 'line' ? lineAt(found.pages, at.line, pageSize) : null
  }
  const open = (row: number) => {
    const line = lineIn(row)
    if (!line) return
    activate({ row, id: line.id })
    isOpened.current = true
    left.current = { address, y: place.y, line: { id: line.id, number: lineNear(layout, row) }, isOpened: true }
    goTo(purchaseHref(line.purchaseId))
  }
  const show = (row: number) => {
    const [top, bottom] = [layout.top(row), layout.top(row) + (layout.at(row).kind === 'month' ? heights.month : heights.line)]
    if (top < place.y) scrollTo(top)
    else if (bottom > place.y + sight) scrollTo(bottom - sight)
  }
  const press = (event: KeyboardEvent, row: number) => {
    if (event.altKey || event.shiftKey || event.metaKey) return
    if (event.key === 'Enter' && !event.ctrlKey) return open(row)
    const next = rowByKey(event.key, row, layout.rows, last - first)
    if (next === null) return
    event.preventDefault()
    show(next)
    activate({ row: next, id: lineIn(next)?.id ?? null }, { withFocus: true })
  }

  const rows = rowsBetween(Math.max(0, first - spare), Math.min(layout.rows - 1, last + spare))
  const isInReach = active !== null && active.row >= first && active.row <= last
  const tabStop = active !== null && (isWithin || isInReach) ? active.row : first
  if (active !== null && isWithin && !rows.includes(active.row)) rows.push(active.row)
  const shift = place.scrollTop - place.y
  const nearest = (top: number) => Math.min(Math.max(top, place.scrollTop - 3 * sight), place.scrollTop + 4 * sight)
  return (
    <div ref={scroller} role="rowgroup" className={styles.scroller} {...focusHandlers}>
      <div role="presentation" className={styles.body} style={{ height: bodyHeight(layout) }}>
        {rows.map((row) => {
          const at = layout.at(row)
          const line = lineIn(row)
          return (
            <GridRow
              key={at.kind === 'month' ? at.month.month : (line?.id ?? `row ${row}`)}
              {...{ row, at, line, isOfMany }}
              top={nearest(layout.top(row) + shift)}
              isActive={row === tabStop}
              onOpen={open}
              onKey={press}
              onReach={(reached, id) => activate({ row: reached, id })}
            />
          )
        })}
      </div>
    </div>
  )
}

function rowsBetween(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
}

/** The line in that row, or the first below the heading that is there. */
function lineNear(layout: RowsLayout, row: number): number {
  const at = layout.at(row)
  if (at.kind === 'line') return at.line
  const below = layout.at(row + 1)
  return below.kind === 'line' ? below.line : 0
}

/** Where this very question was left, if it was the last. */
function useSpotOf(address: string): Spot | null {
  return useFeature('history', ({ spot }) => (spot?.address === address ? spot : null))
}

/** The row that the keyboard is at. It goes with its line, and is found again where that is drawn anew. */
function useActiveRow({ scroller, found, layout, spot }: {
  readonly scroller: { readonly current: HTMLDivElement | null }
  readonly found: Found
  readonly layout: RowsLayout
  readonly spot: Spot | null
}) {
  const [given, setGiven] = useState<Active | null>(() => spot && spot.line && { row: layout.rowOfLine(spot.line.number), id: spot.line.id })
  const [isWithin, setIsWithin] = useState(false)
  const isFocusWanted = useRef(spot?.isOpened ?? false)
  const wasWithin = useRef(false)
  const line = given?.id ? lineOfId(found.pages, given.id, pageSize) : null
  const row = line === null ? Math.min(given?.row ?? 0, Math.max(0, layout.rows - 1)) : layout.rowOfLine(line)
  const active = given && layout.rows > 0 ? { row, id: given.id } : null
  useLayoutEffect(() => {
    const isLost = wasWithin.current && document.activeElement === document.body
    if (!active || !(isFocusWanted.current || isLost)) return
    const element = scroller.current?.querySelector<HTMLElement>(`[data-row="${active.row}"]`)
    if (!element) return
    isFocusWanted.current = false
    element.focus({ preventScroll: true })
  })
  return {
    active,
    isWithin,
    activate(next: Active, { withFocus = false } = {}) {
      isFocusWanted.current = withFocus
      setGiven((before) => (before?.row === next.row && before.id === next.id ? before : next))
    },
    focusHandlers: {
      onFocus() {
        wasWithin.current = true
        setIsWithin(true)
      },
      onBlur({ target }: { readonly target: Element }) {
        // A row that was drawn anew has lost the keyboard as well, but is to have it back.
        setTimeout(() => {
          if (!target.isConnected || scroller.current?.contains(document.activeElement)) return
          wasWithin.current = false
          setIsWithin(false)
        })
      },
    },
  }
}

/** Keeps what is in sight where it is when lines come before it. At the very top, what is new comes into sight. */
function useSteadyPlace({ found, layout, y, first, scrollTo }: {
  readonly found: Found
  readonly layout: RowsLayout
  readonly y: number
  readonly first: number
  readonly scrollTo: (y: number) => void
}) {
  const anchor = useRef<{ readonly layout: RowsLayout; readonly id: string; readonly row: number; readonly below: number } | null>(null)
  useLayoutEffect(() => {
    const before = anchor.current
    if (before && before.layout !== layout && y > 0) {
      const line = lineOfId(found.pages, before.id, pageSize)
      const row = line === null ? before.row : layout.rowOfLine(line)
      const wanted = layout.top(row) + before.below
      anchor.current = null
      if (wanted !== y) return scrollTo(wanted)
    }
    const line = lineNear(layout, first)
    const id = lineAt(found.pages, line, pageSize)?.id
    const row = layout.rowOfLine(line)
    anchor.current = id === undefined ? null : { layout, id, row, below: y - layout.top(row) }
  }, [found, layout, y, first, scrollTo])
}
