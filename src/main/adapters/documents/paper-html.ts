import { createHash } from 'node:crypto'
import type { Paper, PaperBlock, PaperColumn } from '../../ports/documents.ts'

/**
 * The paper as one file for a browser: nothing in it runs and nothing is fetched, which its policy says once more. All text is escaped, and
 * stands apart from its surroundings in whichever direction it is written. `onStep` is called after each block and each row of a table, and
 * may throw to end it.
 */
export function* paperHtml(paper: Paper, onStep: () => void): Generator<string, undefined, undefined> {
  yield `<!doctype html>
<html lang="${paper.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hashOf(style)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escaped(paper.title)}</title>
<style>${style}</style>
</head>
<body>
<main>
`
  let caption = paper.title
  for (const block of paper.blocks) {
    if (block.kind === 'heading') caption = block.text
    yield* blockHtml(block, caption, onStep)
    onStep()
  }
  yield `</main>
<footer><p>${text(paper.footer)}</p></footer>
</body>
</html>
`
}

const hashOf = (content: string): string => createHash('sha256').update(content).digest('base64')

/** Also what would end an attribute. Source: HTML standard, escaping a string. */
function escaped(content: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return content.toWellFormed().replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** The first line of a cell is what it is about, the others say more. */
function text(content: string): string {
  const [first = '', ...more] = content.split('\n')
  return `<bdi>${escaped(first)}</bdi>${more.map((line) => `<small><bdi>${escaped(line)}</bdi></small>`).join('')}`
}

function* blockHtml(block: PaperBlock, caption: string, onStep: () => void): Generator<string, undefined, undefined> {
  switch (block.kind) {
    case 'heading':
      return yield `<h${block.level}>${text(block.text)}</h${block.level}>\n`
    case 'paragraph':
      return yield `<p class="${block.tone}">${text(block.text)}</p>\n`
    case 'figure':
      return yield `<p class="figure"><span>${text(block.label)}</span> <strong>${text(block.value)}</strong> <span>${text(block.note)}</span></p>\n`
    case 'facts':
      yield '<dl>\n'
      for (const { name, value, exact } of block.facts) {
        yield `<div><dt>${text(name)}</dt><dd>${exact ? `<code>${escaped(value)}</code>` : text(value)}</dd></div>\n`
        onStep()
      }
      return yield '</dl>\n'
    case 'table':
      return yield* tableHtml(block, caption, onStep)
    case 'rule':
      return yield '<hr>\n'
  }
}

function* tableHtml({ columns, rows, totals }: Extract<PaperBlock, { kind: 'table' }>, caption: string, onStep: () => void): Generator<string, undefined, undefined> {
  // Too wide, it scrolls by itself, for the keyboard too. On a phone each row stands as a card, which needs the roles: without its display
  // a table is none to a screen reader.
  yield `<div class="scroll" role="region" aria-label="${escaped(caption)}" tabindex="0">\n<table role="table">\n<caption>${text(caption)}</caption>\n`
  const titles = columns.map((column) => `<th scope="col" role="columnheader"${alignOf(column)}>${text(column.title)}</th>`)
  yield `<thead role="rowgroup"><tr role="row">${titles.join('')}</tr></thead>\n<tbody role="rowgroup">\n`
  for (const row of rows) {
    yield rowHtml(row, columns)
    onStep()
  }
  yield '</tbody>\n'
  if (totals.length > 0) yield `<tfoot role="rowgroup">\n${totals.map((row) => rowHtml(row, columns)).join('')}</tfoot>\n`
  return yield '</table>\n</div>\n'
}

function rowHtml(cells: readonly string[], columns: readonly PaperColumn[]): string {
  const [head = '', ...others] = cells
  const rest = others.map((cell, index) => {
    const column = columns[index + 1]
    return `<td role="cell" data-title="${escaped(column?.title ?? '')}"${alignOf(column)}>${cell === '' ? '' : text(cell)}</td>`
  })
  return `<tr role="row"><th scope="row" role="rowheader"${alignOf(columns[0])}>${text(head)}</th>${rest.join('')}</tr>\n`
}

const alignOf = (column: PaperColumn | undefined): string => (column?.align === 'end' ? ' class="end"' : '')

const style = `
:root { color-scheme: light dark; --ground: #fbfcfd; --text: #14181d; --quiet: #475160; --line: #d5dae1; --head: #eef0f3 }
@media (prefers-color-scheme: dark) { :root { --ground: #0f1216; --text: #edf0f4; --quiet: #a9b3c0; --line: #2a313b; --head: #1d222a } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; -webkit-text-size-adjust: 100% }
main, footer { max-width: 66rem; margin: 0 auto; padding: 0 1.25rem }
main { padding-block: 2rem 1rem }
footer { padding-block: 1rem 2rem; color: var(--quiet); font-size: .875rem }
h1 { margin: 0 0 1rem; font-size: 1.75rem; line-height: 1.2; text-wrap: balance }
h2 { margin: 2.25rem 0 .75rem; font-size: 1.2rem; line-height: 1.3 }
p { margin: .75rem 0; max-width: 72ch }
.quiet, .small, small { color: var(--quiet) }
.small { font-size: .875rem }
small { display: block; font-size: .8125rem }
dl { margin: 0 0 1rem }
dl div { display: grid; grid-template-columns: minmax(9rem, 14rem) 1fr; gap: .15rem 1rem; padding: .3rem 0 }
dt { color: var(--quiet) }
dd { margin: 0; overflow-wrap: anywhere }
code { font: .875rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px }
.scroll:focus-visible { outline: 2px solid currentColor; outline-offset: 2px }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
th, td { padding: .5rem .75rem; text-align: start; vertical-align: top; font-weight: 400; overflow-wrap: break-word }
th, td { min-width: 5rem }
tbody th { min-width: 7rem }
td:nth-child(2):not(.end) { min-width: 11rem }
thead th { background: var(--head); font-weight: 600; vertical-align: bottom }
tbody tr + tr th, tbody tr + tr td { border-top: 1px solid var(--line) }
tfoot th, tfoot td { font-weight: 600 }
tfoot tr:first-child th, tfoot tr:first-child td { border-top: 2px solid var(--quiet) }
.end { min-width: 0; text-align: end; white-space: nowrap }
hr { border: 0; border-top: 1px solid var(--line) }
@media screen and (max-width: 40rem) {
  body { font-size: 15px }
  dl div { grid-template-columns: 1fr }
  table, tbody, tfoot, tr, tbody th, tfoot th, td { display: block }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  tr { padding: .6rem .75rem }
  tbody tr + tr, tfoot tr { border-top: 1px solid var(--line) }
  tbody tr + tr th, tbody tr + tr td, tfoot tr:first-child th, tfoot tr:first-child td { border: 0 }
  tbody th, tfoot th, td { padding: .1rem 0; min-width: 0 }
  tbody th { font-weight: 600 }
  td, td.end { display: grid; grid-template-columns: 9rem 1fr; gap: .75rem; text-align: start; white-space: normal }
  td::before { content: attr(data-title); color: var(--quiet) }
  td > small { grid-column: 2 }
  td:empty { display: none }
}
@media print {
  :root { color-scheme: light; --ground: #fff; --text: #000; --quiet: #444; --line: #bbb; --head: #eee }
  @page { margin: 15mm }
  body { font-size: 10pt }
  main, footer { max-width: none; padding: 0 }
  .scroll { overflow: visible; border: 0 }
  thead { display: table-header-group }
  tfoot { display: table-row-group }
  tr, dl div { break-inside: avoid }
  h2 { break-after: avoid }
}
`
