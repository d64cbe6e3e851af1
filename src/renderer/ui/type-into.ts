/** What keys that are drawn on the screen do to a field. */
export type DrawnKey = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'backspace' }

const typedInto = new Set(['text', 'search', 'password', 'tel', 'url', 'email'])

function takesText(element: Element | null): element is HTMLInputElement {
  return element instanceof HTMLInputElement && typedInto.has(element.type) && !element.readOnly
}

/** The field that has the keyboard and takes text. */
export function fieldWithFocus(): HTMLInputElement | null {
  return takesText(document.activeElement) ? document.activeElement : null
}

/** The field that whoever has chosen none begins with. */
export function firstEmptyField(): HTMLInputElement | null {
  return [...document.querySelectorAll('input')].find((field) => takesText(field) && field.value === '') ?? null
}

/** Types at the caret as a key would, so that React hears of it. What is longer than the field takes is not typed. */
export function typeInto(field: HTMLInputElement, key: DrawnKey): void {
  const { value, maxLength } = field
  const [start, end] = [field.selectionStart ?? value.length, field.selectionEnd ?? value.length]
  const text = key.kind === 'text' ? key.text : ''
  const from = key.kind === 'backspace' && start === end ? Math.max(0, start - 1) : start
  const next = value.slice(0, from) + text + value.slice(end)
  if (maxLength >= 0 && next.length > maxLength && text !== '') return
  // React keeps a setter of its own on the element; the prototype's is the platform's.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, next)
  field.setSelectionRange(from + text.length, from + text.length)
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
