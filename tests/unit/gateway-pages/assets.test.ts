import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readAssets } from '../../../src/gateway/pages/assets.ts'

const folder = 'resources/account-pages'
const read = (file: string) => readFileSync(file, 'utf8')

/** Custom properties by the theme that they are of. */
function colours(css: string, theme: RegExp): Record<string, string> {
  const block = theme.exec(css)?.[1] ?? ''
  return Object.fromEntries([...block.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name, value]) => [name, value]))
}

describe('style sheet, fonts and icon of the pages', () => {
  it.each([
    ['dark', /^:root \{\n([^}]+)\}/m, /^:root \{\n([^}]+)\}/m],
    ['light', /prefers-color-scheme: light\) \{\n\s*:root \{\n([^}]+)\}/, /:root\[data-theme='light'\] \{\n([^}]+)\}/],
  ])('have the colours and distances of the launcher, %s', (_theme, own, launchers) => {
    const theirs = colours(read('src/renderer/styles/tokens.css'), launchers)
    const ours = colours(read(`${folder}/pages.css`), own)
    const { '--target': _larger, ...shared } = ours
    expect(Object.keys(shared).length).toBeGreaterThan(15)
    expect(theirs).toMatchObject(shared)
  })

  it('are the files that the launcher has', () => {
    const fonts = 'node_modules/@fontsource-variable/inter/files'
    expect(readFileSync(`${folder}/inter-latin.woff2`).equals(readFileSync(`${fonts}/inter-latin-wght-normal.woff2`))).toBe(true)
    expect(readFileSync(`${folder}/inter-latin-ext.woff2`).equals(readFileSync(`${fonts}/inter-latin-ext-wght-normal.woff2`))).toBe(true)
    expect(read(`${folder}/icon.svg`)).toBe(read('resources/icon.svg'))
  })

  it('are found by their names and nothing else is', () => {
    const assets = readAssets(folder)
    expect(assets.find('pages.css')?.type).toBe('text/css; charset=utf-8')
    expect(['../fonts/Inter-OFL.txt', '..', '', 'pages.css/', 'PAGES.CSS', '__proto__', 'constructor'].map(assets.find)).toEqual(Array.from({ length: 7 }, () => undefined))
  })

  it('write no markup and take none from elsewhere', () => {
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js')).map((name) => read(`${folder}/${name}`)).join('\n')
    expect(scripts).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|https?:\/\/(?!altcha\.org)|localStorage|sessionStorage/)
    expect(read(`${folder}/pages.css`)).not.toMatch(/@import|url\('?(https?:|\/\/|data:)/)
  })
})
