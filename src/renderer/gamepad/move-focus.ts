import { type Direction, nextBox } from './spatial.ts'

const focusable = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])'

/** What is on top: a dialog where there is one, else the page. */
function layer(): ParentNode {
  const dialogs = document.querySelectorAll('[role="alertdialog"], [role="dialog"], [role="listbox"]')
  return dialogs[dialogs.length - 1] ?? document
}

function reachable(): HTMLElement[] {
  return [...layer().querySelectorAll<HTMLElement>(focusable)].filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0)
}

/** Moves the keyboard's focus to what is nearest in the direction. Where nothing has it, to the first thing there is. */
export function moveFocus(direction: Direction): void {
  const all = reachable()
  const { activeElement } = document
  const others = all.filter((element) => element !== activeElement)
  const isInside = activeElement instanceof HTMLElement && all.includes(activeElement)
  const next = isInside ? nextBox(activeElement.getBoundingClientRect(), others.map((element) => element.getBoundingClientRect()), direction) : 0
  const element = next === null ? undefined : others[next]
  // Else there would be no ring around it: nothing was pressed on a keyboard.
  element?.focus({ focusVisible: true })
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
