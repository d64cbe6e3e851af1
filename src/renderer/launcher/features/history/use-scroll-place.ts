import { type RefObject, useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { placeAt, type ScrollPlace, scrolledTo, type ScrollSpace } from './scroll-space.ts'

/** The size of an element's inside in CSS pixels, as long as it is there; nothing before it was measured. */
export function useInnerSize(element: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const measured = element.current
    if (!measured) return undefined
    const measure = () => setSize({ width: measured.clientWidth, height: measured.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(measured)
    return () => observer.disconnect()
  }, [element])
  return size
}

interface Placed extends ScrollPlace {
  readonly space: ScrollSpace
  /** Whether the element has to be scrolled there. Otherwise it was, and may have been scrolled on since. */
  readonly isToBeSet: boolean
}

const placed = (space: ScrollSpace, y: number): Placed => ({ ...placeAt(space, y), space, isToBeSet: true })
/** The same place where rows have come or gone. */
const fitting = (space: ScrollSpace, now: Placed): Placed => (now.space === space || space.sight === 0 ? now : placed(space, now.y))

/** How far down the rows in an element that scrolls are scrolled, and how to scroll them. All in CSS pixels. */
export function useScrollPlace(element: RefObject<HTMLElement | null>, height: number, sight: number, startY: number) {
  const space = useMemo((): ScrollSpace => ({ height, sight }), [height, sight])
  const [last, setPlace] = useState<Placed>(() => ({ scrollTop: 0, y: startY, space, isToBeSet: true }))
  const place = fitting(space, last)
  // Before the rows are drawn, so that bar and rows never part.
  useLayoutEffect(() => {
    const scrolled = element.current
    if (scrolled && sight > 0 && place.isToBeSet && scrolled.scrollTop !== place.scrollTop) scrolled.scrollTo({ top: place.scrollTop })
  }, [element, place.isToBeSet, place.scrollTop, sight])
  useEffect(() => {
    const scrolled = element.current
    if (!scrolled) return undefined
    const follow = () => {
      const { scrollTop } = scrolled
      setPlace((before) => {
        const now = fitting(space, before)
        if (scrollTop === now.scrollTop) return before
        const next = scrolledTo(space, now, scrollTop)
        return { ...next, space, isToBeSet: next.scrollTop !== scrollTop }
      })
    }
    const settle = () => {
      setPlace((before) => {
        const now = fitting(space, before)
        const settled = placed(space, now.y)
        return settled.scrollTop === now.scrollTop ? before : settled
      })
    }
    scrolled.addEventListener('scroll', follow, { passive: true })
    scrolled.addEventListener('scrollend', settle)
    return () => {
      scrolled.removeEventListener('scroll', follow)
      scrolled.removeEventListener('scrollend', settle)
    }
  }, [element, space])
  return { place, scrollTo: (y: number) => setPlace(placed(space, y)) }
}
