import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paperHtml } from '../../../src/main/adapters/documents/paper-html.ts'
import type { Paper } from '../../../src/main/ports/documents.ts'
import { xmlTexts } from '../../support/export-lines.ts'

const columns = [
  { title: 'Date', align: 'start', share: 2 },
  { title: 'Item', align: 'start', share: 4 },
  { title: 'Spent', align: 'end', share: 2 },
] as const

function paperOf(changes: Partial<Paper> = {}): Paper {
  return {
    title: 'Statement',
    language: 'en',
    datedAt: '2026-11-20T12:00:00.000Z',
    blocks: [
      { kind: 'heading', level: 1, text: 'Statement' },
      { kind: 'facts', facts: [{ name: 'Seal', value: 'abc', exact: true }] },
      { kind: 'heading', level: 2, text: 'All lines' },
      { kind: 'table', columns, rows: [['1 Oct', 'Cape\nreceipt R-1', '€0.99']], totals: [['Total', '', '€0.99']] },
    ],
    footer: 'Tuppence',
    missingCharacters: '',
    ...changes,
  }
}

const written = (paper: Paper, onStep = () => {}) => [...paperHtml(paper, onStep)].join('')
const withItem = (item: string) => written(paperOf({ title: item, footer: item, blocks: [{ kind: 'heading', level: 2, text: item }, { kind: 'table', columns: [{ title: item, align: 'start', share: 1 }, { title: item, align: 'end', share: 1 }], rows: [[item, item]], totals: [[item, '']] }, { kind: 'facts', facts: [{ name: item, value: item, exact: true }] }] }))

/** Every start tag of the file, by its name and attributes' names. */
const tagsOf = (html: string) => [...html.matchAll(/<([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/g)].map(([, name = '', attributes = '']) =>
  [name, ...[...attributes.matchAll(/([a-z-]+)="[^"]*"/g)].map(([, one]) => one)].join(' '))

describe('a paper as a web page', () => {
  it('P10 runs nothing and fetches nothing, and its policy says so', () => {
    const html = written(paperOf())
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    expect(html).toContain(`content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`)
    expect(html).not.toMatch(/<(script|img|link|iframe|a|form|object)\b|\bsrc=|\bhref=|url\(|@import|\bon[a-z]+=/i)
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/)
  })

  it.each(['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onfocus='alert(1)", '</title><b>', '</style><b>', '&lt;', '<!--', ']]>'])('%s is text, wherever it stands', (item) => {
    const plain = withItem('Cape')
    const html = withItem(item)
    expect(tagsOf(html)).toEqual(tagsOf(plain))
    expect(xmlTexts(html.replaceAll('&quot;', '"').replaceAll('&#39;', "'"), 'code')).toEqual([item])
  })

  it('no text makes another element than any other does', () => {
    const plain = tagsOf(withItem('Cape'))
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/', '!', '-', ' ', '=', '\uD800', '\u202E', 'ע'), minLength: 1 }), (item) => {
      const html = withItem(item)
      expect(tagsOf(html)).toEqual(plain)
      expect(html.isWellFormed()).toBe(true)
    }))
  })

  it('names written from right to left stand apart from what is beside them', () => {
    expect(withItem('עברית')).toContain('<td role="cell" data-title="עברית" class="end"><bdi>עברית</bdi></td>')
  })

  it('tables have a caption, titles of columns and of rows, and sums at their end', () => {
    const html = written(paperOf())
    expect(html).toContain('<caption><bdi>All lines</bdi></caption>')
    expect(html).toContain('<th scope="col" role="columnheader" class="end"><bdi>Spent</bdi></th>')
    expect(html).toContain('<th scope="row" role="rowheader"><bdi>1 Oct</bdi></th><td role="cell" data-title="Item"><bdi>Cape</bdi><small><bdi>receipt R-1</bdi></small></td>')
    expect(html).toContain('<tfoot role="rowgroup">\n<tr role="row"><th scope="row" role="rowheader"><bdi>Total</bdi></th><td role="cell" data-title="Item"></td>')
  })

  it('can be ended at any row', () => {
    let steps = 0
    const rows = Array.from({ length: 50 }, (_, n) => [String(n), 'Cape', ''])
    const paper = paperOf({ blocks: [{ kind: 'table', columns, rows, totals: [] }] })
    const stop = () => {
      if ((steps += 1) === 10) throw new Error('enough')
    }
    expect(() => written(paper, stop)).toThrow('enough')
    expect(steps).toBe(10)
  })
})
