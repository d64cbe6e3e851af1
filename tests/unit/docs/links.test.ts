/** The papers stay true to the sources: what they point at, name and quote is there. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const repo = fileURLToPath(new URL('../../..', import.meta.url))
const read = (file: string) => readFileSync(join(repo, file), 'utf8')
const papers = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...globSync('docs/**/*.md', { cwd: repo }).sort()]
const prose = new Map(papers.map((paper) => [paper, read(paper).replaceAll(/^```[^]*?^```$/gm, '')]))

const topFolders = 'src|tests|scripts|tools|docs|resources|\\.ci'
const pathLike = new RegExp(`^(?:(?:${topFolders})/[\\w./-]+|[\\w.-]+\\.(?:ts|mjs|json|yml))$`)

/** Made by a build, or by whoever packages the app: named in the papers and never checked in. */
const madeLater = /^(out\/.*|dist\/.*|resources\/gateway\.json|preferences\.json|connections\.json|views\.json|tour\.json|buy\.ts)$/

/** GitHub's way of turning a heading into an anchor. */
function anchorsOf(file: string): string[] {
  const headings = [...read(file).matchAll(/^#{1,6} (.+)$/gm)].map(([, text = '']) => text)
  return headings.map((text) => text.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'))
}

/** Relative links whose file or heading is missing. */
function brokenLinks(paper: string): string[] {
  const links = [...(prose.get(paper) ?? '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false
    const [path = '', anchor] = link.split('#')
    const file = path === '' ? paper : normalize(join(dirname(paper), path))
    if (!existsSync(join(repo, file))) return true
    return anchor !== undefined && !anchorsOf(file).includes(anchor)
  })
}

/** Paths in backquotes that lead nowhere, from the repository's folder or from the paper's own. */
function missingPaths(paper: string): string[] {
  const quoted = [...(prose.get(paper) ?? '').matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text)
  return quoted.filter((text) => {
    if (!pathLike.test(text) || madeLater.test(text)) return false
    return !existsSync(join(repo, text)) && !existsSync(join(repo, dirname(paper), text))
  })
}

describe.each(papers)('%s', (paper) => {
  it('links to what is there', () => expect(brokenLinks(paper)).toEqual([]))

  it('names files that are there', () => expect(missingPaths(paper)).toEqual([]))

  it('names npm scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = [...read(paper).matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(([, run, short]) => run ?? short ?? '')
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([])
  })

  it('has a figure wherever one was left out at first', () => expect(read(paper).match(/\b[A-Z]+_(?:FIGURES|AGAIN)\b/g)).toBeNull())
})

interface Cited {
  readonly file: string
  readonly name: string
}

interface Citation extends Cited {
  readonly promise: string
}

/** The rows of the table of promises: number, and what holds it. */
const promises = [...read('docs/ARCHITECTURE.md').matchAll(/^\| (P\d+) \|.*\| (.*) \|$/gm)]

/** Names in quotes belong to the file that is named before them. */
function namesIn(holders: string): Cited[] {
  let file = ''
  return [...holders.matchAll(/`(tests\/[^`]+)`|"([^"]+)"/g)].flatMap(([, path, name]) => {
    if (path !== undefined) file = path
    return name === undefined ? [] : [{ file, name }]
  })
}

function citations([, promise = '', holders = '']: RegExpExecArray): Citation[] {
  return namesIn(holders).map((cited) => ({ ...cited, promise }))
}

function isTest({ file, promise, name }: Citation): boolean {
  const titles = read(file).matchAll(/['"`]((?:P\d+ )+)([^\n]*)/g)
  return [...titles].some(([, numbers = '', rest = '']) => numbers.split(' ').includes(promise) && rest.startsWith(name))
}

describe('the promises in docs/ARCHITECTURE.md', () => {
  it('are all ten', () => expect(promises).toHaveLength(10))

  it('cite tests by the numbers and names that they have', () => {
    const cited = promises.flatMap(citations)
    expect(cited.length).toBeGreaterThan(10)
    expect(cited.filter((citation) => !isTest(citation))).toEqual([])
  })
})

/** Whether a test has that whole name, with or without the number of a promise. */
const isNamed = ({ file, name }: Cited) => [...read(file).matchAll(/(['"`])(?:P\d+ )*(.+?)\1/g)].some(([, , title]) => title === name)

describe('the rules in docs/LIMITS.md', () => {
  const holders = [...read('docs/LIMITS.md').matchAll(/^\| [^|]+ \| (`tests\/.*) \|$/gm)].map(([, text = '']) => text)

  it('are each held by a test', () => {
    expect(holders.length).toBeGreaterThan(20)
    expect(holders.filter((text) => namesIn(text).length === 0)).toEqual([])
  })

  it('cite tests by the whole names that they have, with or without the number of a promise', () => {
    expect(holders.flatMap(namesIn).filter((cited) => !isNamed(cited))).toEqual([])
  })
})

describe('the attacks in docs/THREAT-MODEL.md', () => {
  const paper = read('docs/THREAT-MODEL.md')
  const attackers = [...paper.matchAll(/^\| ([A-Z]) \| /gm)].map(([, letter = '']) => letter)
  const rows = [...paper.matchAll(/^\| ([A-Z])(\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, by = '', number = '', attack = '', control = '', proof = '']) => {
    return { by, id: `${by}${number}`, number: Number(number), attack, control, proof }
  })
  const isUnproven = (proof: string) => proof.startsWith('unproven: ')

  it('are all read, each with its own number, by every attacker that is named and by no other', () => {
    expect(rows).toHaveLength([...paper.matchAll(/^\| [A-Z]\d/gm)].length)
    expect(rows.length).toBeGreaterThan(60)
    expect([...new Set(rows.map(({ by }) => by))]).toEqual(attackers)
    for (const letter of attackers) expect(rows.filter(({ by }) => by === letter).map(({ number }) => number)).toEqual(rows.filter(({ by }) => by === letter).map((_, index) => index + 1))
  })

  it('are each held by a test, or said to be unproven and why', () => {
    expect(rows.filter(({ proof }) => !isUnproven(proof) && namesIn(proof).length === 0)).toEqual([])
    expect(rows.filter(({ proof }) => isUnproven(proof) && proof.length < 'unproven: '.length + 30)).toEqual([])
    expect(rows.filter(({ control, proof }) => control === '–' && !isUnproven(proof))).toEqual([])
  })

  it('cite tests by the whole names that they have', () => {
    const cited = rows.flatMap(({ id, proof }) => namesIn(proof).map((one) => ({ ...one, id })))
    expect(cited.length).toBeGreaterThan(80)
    expect(cited.filter((one) => !isNamed(one))).toEqual([])
  })
})

describe('Electron’s checklist in docs/SECURITY-CHECKLIST.md', () => {
  const items = [...read('docs/SECURITY-CHECKLIST.md').matchAll(/^\| (\d+) \| [^|]+ \| [^|]+ \| (.*) \|$/gm)].map(([, number = '', held = '']) => ({ number: Number(number), held }))

  it('has all twenty items, each with a test but the one that no test can hold', () => {
    expect(items.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    expect(items.filter(({ held }) => namesIn(held).length === 0).map(({ number }) => number)).toEqual([16])
  })

  it('cites tests by the whole names that they have', () => {
    const isNamed = ({ file, name }: Cited) => [...read(file).matchAll(/(['"`])(?:P\d+ )*(.+?)\1/g)].some(([, , title]) => title === name)
    expect(items.flatMap(({ held }) => namesIn(held)).filter((cited) => !isNamed(cited))).toEqual([])
  })
})
