import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allows, type Component, licenceFaults } from '../../../scripts/lib/licences.mjs'
import { packageFolder } from '../../../scripts/lib/bundled-packages.mjs'
import { asShipped, componentsOf, missingFrom } from '../../../scripts/lib/sbom.mjs'
import { namedPackages, packageTable, readThirdParty, withTable } from '../../../scripts/lib/third-party.mjs'

const component = (given: Partial<Component>): Component => ({ name: 'a', version: '1.0.0', licence: 'MIT', shipped: true, ...given })

describe('licences', () => {
  it('are all on the list: the shorter one for what people get', () => {
    const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { license?: string }> }
    const shipped = new Set(namedPackages(readThirdParty()).map(({ name }) => name))
    const components = componentsOf(lockfile, shipped)
    expect(components.filter((one) => one.shipped).length).toBeGreaterThan(100)
    expect(licenceFaults(components)).toEqual([])
  })

  it.each([
    ['a copyleft licence', component({ licence: 'GPL-3.0-only', shipped: false })],
    ['no licence', { name: 'a', version: '1.0.0', shipped: false }],
    ['in what people get, one that is for tools only', component({ licence: 'MPL-2.0' })],
    ['a font licence on what is no font', component({ licence: 'OFL-1.1' })],
    ['a font under anything but a font licence', component({ name: '@fontsource/a', licence: 'CC-BY-4.0' })],
    ['words that are no expression', component({ licence: 'SEE LICENSE IN terms.txt' })],
  ])('are not in order with %s', (_what, one) => {
    expect(licenceFaults([one], {})).toHaveLength(1)
  })

  it('excuse only the package that is named, for what it is named for, and for as long as it needs it', () => {
    const exceptions = { a: { declared: 'WTFPL', counts: '0BSD', why: 'x', shipped: false } }
    expect(licenceFaults([component({ licence: 'WTFPL', shipped: false })], exceptions)).toEqual([])
    expect(licenceFaults([component({ licence: 'WTFPL', shipped: true })], exceptions)).toHaveLength(2)
    expect(licenceFaults([component({ licence: 'GPL-3.0-only', shipped: false })], exceptions)).toHaveLength(2)
    expect(licenceFaults([component({})], exceptions)).toEqual(['a: the exception for it is no longer needed'])
  })

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['GPL-3.0-only OR MIT', true],
    ['MIT AND GPL-3.0-only', false],
    ['MIT AND ISC AND MIT', true],
    ['GPL-3.0-only AND ISC OR MIT', true],
    ['GPL-3.0-only AND (ISC OR MIT)', false],
    ['', false],
    ['(MIT', false],
  ])('read %s as an SPDX expression', (expression, allowed) => {
    expect(allows(expression, ['MIT', 'ISC'])).toBe(allowed)
  })
})

describe('the list of all parts', () => {
  const made = {
    serialNumber: 'urn:uuid:1',
    metadata: { timestamp: '2026-11-25T23:18:33.350Z', tools: [], component: { type: 'library', name: 'some-folder', version: '0.1.0' } },
    components: [
      { name: 'a', version: '1.0.0', scope: 'optional', hashes: [{}], licenses: [{}] },
      { name: 'png-js', version: '2.0.0', scope: 'optional', hashes: [] },
    ],
  }

  it('lacks nothing that the lockfile has, and no hash', () => {
    const components = [component({}), component({ name: 'png-js', version: '2.0.0' }), component({ name: 'b' })]
    expect(missingFrom(made, components)).toEqual(['png-js@2.0.0: in the SBOM without a hash', 'b@1.0.0: not in the SBOM'])
  })

  it('says what people get, and neither when nor where it was made', () => {
    const sbom = asShipped(made, [component({}), component({ name: 'png-js', version: '2.0.0', shipped: false })], { name: 'tuppence' })
    expect(sbom).toEqual({
      metadata: { tools: [], component: { type: 'application', name: 'tuppence', version: '0.1.0' } },
      components: [
        { name: 'a', version: '1.0.0', scope: 'required', hashes: [{}], licenses: [{}] },
        { name: 'png-js', version: '2.0.0', scope: 'excluded', hashes: [], licenses: [{ license: { id: 'MIT' } }] },
      ],
    })
  })
})

describe('the table of packages', () => {
  it('comes back as it was written, with what only the sandbox has', () => {
    const lock = { 'node_modules/a': { version: '1.0.0', license: 'MIT' }, 'node_modules/b/node_modules/@c/d': { version: '2.0.0', license: 'ISC' } }
    const table = packageTable({ production: [{ name: 'a', version: '1.0.0' }], sandbox: [{ name: 'a', version: '1.0.0' }, { name: '@c/d', version: '2.0.0' }] }, lock)
    const text = withTable('before\n<!-- packages: x -->\nold\n<!-- end of packages -->\nafter', table)
    expect(namedPackages(text)).toEqual([
      { licence: 'ISC', name: '@c/d', sandboxOnly: true },
      { licence: 'MIT', name: 'a', sandboxOnly: false },
    ])
    expect(text).not.toContain('old')
  })

  it.each([
    ['/r/node_modules/a/dist/x.mjs', '/r/node_modules/a'],
    ['/r/node_modules/a/node_modules/@b/c/x.js?commonjs', '/r/node_modules/a/node_modules/@b/c'],
    ['\0/r/node_modules/a/x.cjs', '/r/node_modules/a'],
    [String.raw`C:\r\node_modules\a\x.js`, String.raw`C:\r\node_modules\a`],
    ['/r/src/main/index.ts', undefined],
    ['\0virtual:words', undefined],
  ])('finds whose %j is', (id, folder) => {
    expect(packageFolder(id)).toBe(folder)
  })
})
