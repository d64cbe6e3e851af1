/**
 * Browsers make no element taller than some 16 million pixels, and a million rows need three times that. Beyond what is safe the scrolled
 * element stays that tall and stands for more: a drag of the bar moves in proportion, a turn of the wheel by as much as it says.
 * All in CSS pixels.
 */
export interface ScrollSpace {
  /** How tall all rows are together. */
  readonly height: number
  /** How much of them is in sight. */
  readonly sight: number
}

export interface ScrollPlace {
  readonly scrollTop: number
  /** How far down the rows are scrolled. */
  readonly y: number
}

/** Half of what Chromium allows at 200 % zoom, where each CSS pixel counts twice. */
export const tallest = 6_000_000

export const bodyHeight = ({ height }: Pick<ScrollSpace, 'height'>): number => Math.min(height, tallest)

/** So much at both ends of the bar is not scaled, so that who goes to an end by the wheel gets there. */
const plainEnd = 100_000

const within = (value: number, most: number) => Math.min(Math.max(value, 0), Math.max(0, most))
const furthestY = ({ height, sight }: ScrollSpace) => Math.max(0, height - sight)
const furthestTop = (space: ScrollSpace) => Math.max(0, bodyHeight(space) - space.sight)
const isScaled = ({ height }: ScrollSpace) => height > tallest

/** With the bar where it belongs for these rows. */
export function placeAt(space: ScrollSpace, wanted: number): ScrollPlace {
  const y = within(wanted, furthestY(space))
  if (!isScaled(space)) return { scrollTop: y, y }
  const [top, furthest] = [furthestTop(space), furthestY(space)]
  return { scrollTop: Math.round(between(y, furthest, top)), y }
}

/** From a place on a scale of one length to that on another one: the ends are alike, and what is between them is stretched. */
function between(from: number, length: number, other: number): number {
  if (from <= plainEnd) return from
  if (from >= length - plainEnd) return other - (length - from)
  return plainEnd + ((from - plainEnd) * (other - 2 * plainEnd)) / (length - 2 * plainEnd)
}

/**
 * After the element was scrolled there. Further than a few times what is in sight is a drag of the bar, or a press beside it. Where the
 * place that comes of it has another `scrollTop`, the bar was at its end before the rows were: it is to be put there.
 */
export function scrolledTo(space: ScrollSpace, before: ScrollPlace, scrollTop: number): ScrollPlace {
  const furthest = furthestY(space)
  if (!isScaled(space)) return { scrollTop, y: within(scrollTop, furthest) }
  const moved = scrollTop - before.scrollTop
  const most = furthestTop(space)
  if (Math.abs(moved) > 4 * space.sight) return { scrollTop, y: within(between(scrollTop, most, furthest), furthest) }
  const y = within(before.y + moved, furthest)
  const isAtEnd = scrollTop <= 0 || scrollTop >= most || y === 0 || y === furthest
  return isAtEnd ? placeAt(space, y) : { scrollTop, y }
}
