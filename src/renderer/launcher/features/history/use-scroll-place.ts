import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
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

/** How far down the rows in an element that scrolls are scrolled, and how to scroll them. */
export function useScrollPlace(element: RefObject<HTMLElement | null>, height: number, sight: number, startY: number) {
  const space = useMemo((): ScrollSpace => ({ height, sight }), [height, sight])
  const [place, setPlace] = useState<ScrollPlace>({ scrollTop: 0, y: startY })
  const now = useRef(place)
  const put = (next: ScrollPlace) => {
    now.current = next
    setPlace(next)
  }
  // Before the rows are drawn, so that bar and rows never part.
  useLayoutEffect(() => {
    const scrolled = element.current
    if (scrolled && sight > 0 && scrolled.scrollTop !== place.scrollTop) scrolled.scrollTop = place.scrollTop
  }, [element, place, sight])
  useLayoutEffect(() => {
    if (space.sight === 0) return
    const fitting = placeAt(space, now.current.y)
    if (fitting.y !== now.current.y || fitting.scrollTop !== now.current.scrollTop) put(fitting)
  }, [space])
  useEffect(() => {
    const scrolled = element.current
    if (!scrolled) return undefined
    const follow = () => {
      if (scrolled.scrollTop !== now.current.scrollTop) put(scrolledTo(space, now.current, scrolled.scrollTop))
    }
    const settle = () => {
      const settled = placeAt(space, now.current.y)
      if (settled.scrollTop !== now.current.scrollTop) put(settled)
    }
    scrolled.addEventListener('scroll', follow, { passive: true })
    scrolled.addEventListener('scrollend', settle)
    return () => {
      scrolled.removeEventListener('scroll', follow)
      scrolled.removeEventListener('scrollend', settle)
    }
  }, [element, space])
  return { place, scrollTo: (y: number) => put(placeAt(space, y)) }
}
