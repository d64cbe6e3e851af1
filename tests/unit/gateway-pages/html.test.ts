import fc from 'fast-check'
import { parseDocument } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { html, textOf } from '../../../src/gateway/pages/html.ts'

const template = (text: string) => textOf(html`<p title="${text}">${text}</p>`)

describe('what is put into a template', () => {
  it('never becomes markup, whatever it is', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.constantFrom('"', "'", '<', '>', '&', '`', '=', '/', '</p>', '<script>', '-->', ' onload=x', '&lt;', ']]>')).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(hostile, (text) => {
        const { children } = parseDocument(template(text))
        expect(children).toHaveLength(1)
        expect(children[0]).toMatchObject({ name: 'p', attribs: { title: text } })
        // The parser is one for text: it gives back what a browser would show.
        expect((children[0] as unknown as { children: { data: string }[] }).children.map(({ data }) => data).join('')).toBe(text)
      }),
    )
  })

  it('stays markup where a template made it, also in lists, and nothing is left of what is not there', () => {
    const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`)
    expect(textOf(html`<ul>${items}</ul>${null}${undefined}${false}${3}`)).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>3')
  })

  it('cannot pass itself off as made by a template', () => {
    const forged = JSON.parse('{"html":"<b>","made":"<b>"}') as never
    expect(textOf(html`<p>${forged}</p>`)).not.toContain('<b>')
  })
})
