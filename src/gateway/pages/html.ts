/**
 * HTML that cannot be broken out of: whatever is put into a template is text, unless it was made by a template itself. Attributes are
 * always written in double quotes.
 */
const made = Symbol('html')

export interface Html {
  readonly [made]: string
}

type Part = string | number | Html | null | undefined | false | readonly Part[]

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' }

function escape(text: string): string {
  return text.replaceAll(/[&<>"'`]/g, (character) => entities[character] ?? '')
}

function write(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'string') return escape(part)
  if (typeof part === 'number') return String(part)
  if (isList(part)) return part.map(write).join('')
  return part[made]
}

function isList(part: Html | readonly Part[]): part is readonly Part[] {
  return Array.isArray(part)
}

/** `null`, `undefined` and `false` leave nothing behind, lists are written one after the other. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { [made]: template.reduce((before, text, index) => `${before}${write(parts[index - 1])}${text}`) }
}

/** For sending. */
export function textOf(page: Html): string {
  return page[made]
}
