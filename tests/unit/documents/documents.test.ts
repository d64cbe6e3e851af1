import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drawPaper } from '../../../src/main/adapters/documents/draw-paper.ts'
import { loadFonts } from '../../../src/main/adapters/documents/fonts.ts'
import { createThreadDocuments } from '../../../src/main/adapters/documents/thread-documents.ts'
import type { DocumentProgress, Paper } from '../../../src/main/ports/documents.ts'
import { drawnText, inflated, tagsOf } from '../../support/pdf-text.ts'

const path = (file: string) => fileURLToPath(new URL(`../../../${file}`, import.meta.url))
const fontsDir = path('resources/fonts')
const workerFile = path('src/main/adapters/documents/document-worker.ts')

function paper(rows = 3): Paper {
  return {
    title: 'Receipt of <Ada & Ben>',
    language: 'de',
    datedAt: '2026-11-23T09:00:01.000Z',
    footer: 'At the foot',
    missingCharacters: 'Shown by number',
    blocks: [
      { kind: 'heading', level: 1, text: 'A heading' },
      { kind: 'paragraph', tone: 'plain', text: 'Żółć, Привет, Ωμέγα, 0,99 €' },
      { kind: 'figure', label: 'Paid to', value: '€0.99', note: 'with tax' },
      { kind: 'rule' },
      { kind: 'facts', facts: [{ name: 'Item', value: 'Starlight cape' }, { name: 'Key', value: 'k'.repeat(43), exact: true }] },
      {
        kind: 'table',
        columns: [{ title: 'When', align: 'start', share: 1 }, { title: 'Amount', align: 'end', share: 1 }],
        rows: Array.from({ length: rows }, (_, n) => [`day ${n}`, `${n}.00`]),
        totals: [['Sum', '9.00']],
      },
    ],
  }
}

const draw = (one: Paper) => Buffer.concat(drawPaper(one, loadFonts(fontsDir), () => {}))

describe('a PDF', () => {
  it('has every text in it, to be copied as it was', () => {
    const drawn = drawnText(draw(paper()))
    for (const text of ['A heading', 'Żółć, Привет, Ωμέγα, 0,99 €', 'Paid to', '€0.99', 'Starlight cape', 'k'.repeat(43), 'When', 'day 2', '9.00', 'At the foot']) expect(drawn).toContain(text)
    expect(drawn).not.toContain('Shown by number')
    expect(drawn).not.toContain('1 / 1')
  })

  it('is tagged, so that it can be read aloud in order: headings, paragraphs, tables with their headers', () => {
    const pdf = draw(paper())
    expect(tagsOf(pdf)).toEqual({ Document: 1, H1: 1, P: 4, Table: 2, THead: 1, TBody: 1, TFoot: 1, TR: 7, TH: 8, TD: 6 })
    const text = inflated(pdf)
    for (const part of ['/Marked true', '/Lang (de)', '/DisplayDocTitle true', '/Scope /Column', '/Scope /Row', '/Artifact']) expect(text).toContain(part)
    expect(text.match(/BDC|BMC/g)?.length).toBe(text.match(/EMC/g)?.length)
  })

  it('has nothing on its pages that is neither tagged nor decoration', () => {
    const bare: string[] = []
    for (const [, content = ''] of inflated(draw(paper(200))).matchAll(/stream\n([\s\S]*?)\nendstream/g)) {
      let depth = 0
      for (const [word] of content.matchAll(/^(?:.*\bB[DM]C|EMC|BT|S)$/gm)) {
        if (word.endsWith('C') && word !== 'EMC') depth += 1
        else if (word === 'EMC') depth -= 1
        else if (depth === 0) bare.push(word)
      }
    }
    expect(bare).toEqual([])
  })

  it('says its title in Unicode and in XML that is well-formed', () => {
    const text = inflated(draw(paper()))
    expect(text).toContain('<rdf:li xml:lang="x-default">Receipt of &lt;Ada &amp; Ben&gt;</rdf:li>')
    expect(text).toContain('<xmp:CreateDate>2026-11-23T09:00:01Z</xmp:CreateDate>')
  })

  it('goes on over many pages, with the titles of a table and the number on each', () => {
    const pdf = draw(paper(200))
    const drawn = drawnText(pdf)
    const pages = Number(/\/Count (\d+)/.exec(inflated(pdf))?.[1])
    expect(pages).toBeGreaterThan(3)
    expect(drawn.match(/^When$/gm)).toHaveLength(pages)
    expect(drawn.match(/^At the foot$/gm)).toHaveLength(pages)
    expect(drawn).toContain(`${pages} / ${pages}`)
    // Repeated titles are decoration.
    expect(tagsOf(pdf)).toMatchObject({ THead: 1, TR: 204 })
    for (const n of [0, 99, 199]) expect(drawn).toContain(`day ${n}\n`)
  })

  it('P9 a row that is higher than a page goes on over the next one, with nothing of it beyond an edge', () => {
    const name = '😀'.repeat(100)
    const columns = [{ title: 'When', align: 'start', share: 1 }, { title: 'Seller', align: 'start', share: 1 }, { title: 'Item', align: 'start', share: 6 }] as const
    const pdf = draw({ ...paper(), blocks: [{ kind: 'table', columns, rows: [['first', 'x', 'y'], ['second', name, 'z'], ['third', 'x', 'y']], totals: [] }] })
    const heights = [...inflated(pdf).matchAll(/^1 0 0 1 [\d.-]+ ([\d.-]+) Tm$/gm)].map(([, y]) => Number(y))
    expect(heights.length).toBeGreaterThan(100)
    expect(Math.min(...heights)).toBeGreaterThan(25)
    expect(drawnText(pdf).match(/\[U\+1F600\]/g)).toHaveLength(100)
    expect(tagsOf(pdf)).toMatchObject({ TR: 4, TD: 6 })
  })

  it('has Japanese in a font of its own, and only where there is some', () => {
    const pdf = draw({ ...paper(), blocks: [{ kind: 'paragraph', tone: 'plain', text: '80 × 月の小判（100枚）' }] })
    expect(drawnText(pdf).replaceAll('\n', '')).toContain('80 × 月の小判（100枚）')
    expect(drawnText(pdf)).not.toContain('Shown by number')
    expect(inflated(pdf)).toContain('NotoSansJP')
    expect(inflated(draw(paper()))).not.toContain('NotoSansJP')
  })

  it('shows characters that no font of it has by their number, says so, and gives them back when copied', () => {
    const pdf = draw({ ...paper(), blocks: [{ kind: 'paragraph', tone: 'plain', text: 'Crystal 한 😀' }] })
    expect(drawnText(pdf)).toContain('[U+D55C]')
    expect(drawnText(pdf)).toContain('[U+1F600]')
    expect(drawnText(pdf)).toContain('Shown by number')
    // U+D55C in UTF-16 with its byte order mark; a backslash is escaped (ISO 32000-1, 7.3.4.2).
    expect(inflated(pdf)).toContain('/ActualText (\xFE\xFF\xD5\\\\)')
  })

  it('embeds its fonts, by names that no chance is in', () => {
    const text = inflated(draw(paper()))
    expect([...new Set(text.match(/\/BaseFont \S+/g) ?? [])].sort()).toEqual(['/BaseFont /BZZZZZ+Inter-SemiBold', '/BaseFont /CZZZZZ+Inter-Regular'])
    expect(text.match(/\/FontFile2 /g)).toHaveLength(2)
  })

  it('is the same bytes for the same paper, in any process, zone and language of the computer', () => {
    const code = `
      import { drawPaper } from ${JSON.stringify(path('src/main/adapters/documents/draw-paper.ts'))}
      import { loadFonts } from ${JSON.stringify(path('src/main/adapters/documents/fonts.ts'))}
      import { createHash } from 'node:crypto'
      const bytes = Buffer.concat(drawPaper(JSON.parse(process.argv[1]), loadFonts(${JSON.stringify(fontsDir)}), () => {}))
      console.log(createHash('sha256').update(bytes).digest('hex'))`
    const hashIn = (env: Record<string, string>) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', code, JSON.stringify(paper(20))], { encoding: 'utf8', env: { ...process.env, ...env } }).trim()
    const here = createHash('sha256').update(draw(paper(20))).digest('hex')
    // On any computer: when this changes, a new version of Tuppence writes receipts otherwise.
    expect(here).toBe('99ced5185cc2ef236befebfab59bb24a9edc93b7a17cb43431b4b940d2432596')
    expect(hashIn({ TZ: 'Asia/Tokyo', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' })).toBe(here)
    expect(hashIn({ TZ: 'America/St_Johns', LC_ALL: 'C' })).toBe(here)
    expect(createHash('sha256').update(draw(paper(21))).digest('hex')).not.toBe(here)
  })
})

describe('written in a thread of its own', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tuppence-documents-'))
    file = join(folder, 'paper.pdf')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const documents = createThreadDocuments({ workerFile, fontsDir })
  const write = (order: Parameters<typeof documents.write>[0], signal = new AbortController().signal, onProgress: (progress: DocumentProgress) => void = () => {}) =>
    documents.write(order, file, { signal, onProgress })

  it('is the whole file under its name, for nobody else to read, and nothing beside it', async () => {
    writeFileSync(file, 'as it was')
    expect(await write({ kind: 'pdf', paper: paper() })).toEqual({ kind: 'written' })
    expect(readFileSync(file)).toEqual(draw(paper()))
    expect(readdirSync(folder)).toEqual(['paper.pdf'])
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('writes a text as it is', async () => {
    expect(await write({ kind: 'text', text: '{"名":"スター"}\n' })).toEqual({ kind: 'written' })
    expect(readFileSync(file, 'utf8')).toBe('{"名":"スター"}\n')
  })

  it('a long one tells how far it is, and leaves what was there when it is cancelled', async () => {
    writeFileSync(file, 'as it was')
    const cancel = new AbortController()
    const told: DocumentProgress[] = []
    const end = await write({ kind: 'pdf', paper: paper(20_000) }, cancel.signal, (progress) => {
      told.push(progress)
      cancel.abort()
    })
    expect(end).toEqual({ kind: 'cancelled' })
    expect(told[0]).toMatchObject({ total: 20_008 })
    expect(told[0]?.done).toBeGreaterThan(0)
    expect(readFileSync(file, 'utf8')).toBe('as it was')
    expect(readdirSync(folder)).toEqual(['paper.pdf'])
  })

  it('one that was cancelled before it began leaves nothing', async () => {
    expect(await write({ kind: 'pdf', paper: paper() }, AbortSignal.abort())).toEqual({ kind: 'cancelled' })
    expect(existsSync(file)).toBe(false)
  })

  it('says where it may not be written, and leaves nothing', async () => {
    mkdirSync(file)
    expect(await write({ kind: 'pdf', paper: paper() })).toEqual({ kind: 'failed', problem: 'isFolder' })
    file = join(folder, 'nowhere', 'paper.pdf')
    expect(await write({ kind: 'text', text: 'x' })).toEqual({ kind: 'failed', problem: 'noFolder' })
    expect(readdirSync(folder)).toEqual(['paper.pdf'])
  })
})
