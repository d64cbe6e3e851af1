/** Which thing on the screen has the focus next when somebody goes on in a direction. */

export type Direction = 'up' | 'down' | 'left' | 'right'

/** In CSS pixels, as `getBoundingClientRect` gives it. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What lies to the side counts this many times what lies ahead. */
const sidewaysWeight = 3

/** How far the box reaches beyond the other one in the direction, and how far it is off to the side; null where it is not ahead. */
function distance(from: Box, to: Box, direction: Direction): number | null {
  const [ahead, aside] = {
    up: [from.top - to.bottom, gap(from.left, from.right, to.left, to.right)],
    down: [to.top - from.bottom, gap(from.left, from.right, to.left, to.right)],
    left: [from.left - to.right, gap(from.top, from.bottom, to.top, to.bottom)],
    right: [to.left - from.right, gap(from.top, from.bottom, to.top, to.bottom)],
  }[direction] as [number, number]
  // Boxes that overlap a little, as a card and its button, are ahead where their middles are.
  const isAhead = ahead >= 0 || middleAhead(from, to, direction) > Math.abs(ahead)
  return isAhead ? Math.max(0, ahead) + sidewaysWeight * aside + 0.01 * Math.abs(offAxis(from, to, direction)) : null
}

/** Between two ranges; 0 where they overlap. */
function gap(start: number, end: number, otherStart: number, otherEnd: number): number {
  return Math.max(0, otherStart - end, start - otherEnd)
}

const middle = ({ left, top, right, bottom }: Box) => ({ x: (left + right) / 2, y: (top + bottom) / 2 })

function middleAhead(from: Box, to: Box, direction: Direction): number {
  const [a, b] = [middle(from), middle(to)]
  return { up: a.y - b.y, down: b.y - a.y, left: a.x - b.x, right: b.x - a.x }[direction]
}

function offAxis(from: Box, to: Box, direction: Direction): number {
  const [a, b] = [middle(from), middle(to)]
  return direction === 'up' || direction === 'down' ? b.x - a.x : b.y - a.y
}

/** The index of the nearest box ahead; null where there is none, so that the focus stays where it is. */
export function nextBox(from: Box, boxes: readonly Box[], direction: Direction): number | null {
  let best: { readonly index: number; readonly far: number } | null = null
  boxes.forEach((box, index) => {
    const far = distance(from, box, direction)
    if (far !== null && (best === null || far < best.far)) best = { index, far }
  })
  return (best as { readonly index: number } | null)?.index ?? null
}
