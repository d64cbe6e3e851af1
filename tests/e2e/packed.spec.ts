/** What a release is made of, and that it comes out the same wherever it is made. */
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, realpath, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { namedPackages, packageTable, readBundled, readThirdParty } from '../../scripts/lib/third-party.mjs'
import { filesInArchive, packedFor, packForReal } from '../support/packed-files.ts'

const production = 'out/production'

/** Everything that a build reads. */
const sources = ['src', 'resources', 'scripts', 'tools', 'docs/licences', 'package.json', 'package-lock.json', 'electron.vite.config.ts', 'lingui.config.ts']

test('what is packed is the bundles, the fonts, the icon and three native packages; no tests, maps, sources or testers’ controls', async () => {
  const packed = await packedFor('linux', process.arch)
  const tops = new Set(packed.map(({ path }) => (path.startsWith('out/') ? path.split('/').slice(0, 3) : path.split('/').slice(0, 2)).join('/')))
  const bytes = packed.reduce((sum, file) => sum + file.bytes, 0)
  console.log(`${packed.length} files, ${(bytes / 1e6).toFixed(1)} MB: ${[...tops].join(', ')}`)
  expect([...tops].filter((top) => top !== 'resources/gateway.json')).toEqual([
    'node_modules/@node-rs',
    'node_modules/better-sqlite3',
    'node_modules/keytar',
    'out/production/main',
    'out/production/preload',
    'out/production/renderer',
    'package.json',
    'resources/fonts',
    'resources/icon.png',
  ])
  const unwanted = /\.(map|[mc]?tsx?|po|sqlite|pem|key|gyp|cc?|h|o|md)$|(^|\/)(tests?|sandbox|gateway|src|deps)(\/|\.c?js$)|-catalogue|-rates/
  expect(packed.map(({ path }) => path).filter((path) => unwanted.test(path))).toEqual([])
  expect(packed.filter(({ path }) => /\.c?js$/.test(path) && /sourceMappingURL=|tuppenceSandbox/.test(readFileSync(path, 'utf8')))).toEqual([])
  expect(bytes).toBeLessThan(20e6)
})

test('two builds are the same bytes, in another folder, time zone and language and with fewer threads', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'tuppence-another-place-')))
  try {
    const configs = globSync(['tsconfig*.json', 'tests/**/tsconfig*.json'])
    for (const name of [...sources, ...configs]) await cp(name, join(folder, name), { recursive: true })
    await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
    const env = { ...process.env, TZ: 'Pacific/Apia', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8', RAYON_NUM_THREADS: '1', UV_THREADPOOL_SIZE: '1' }
    execFileSync(process.execPath, [join(folder, 'scripts/build.mjs'), 'production'], { cwd: folder, env, stdio: 'pipe' })
    const names = (root: string) => globSync('**/*.*', { cwd: join(root, production) }).sort()
    expect(names(folder)).toEqual(names('.'))
    const other = names('.').filter((name) => !readFileSync(join(folder, production, name)).equals(readFileSync(join(production, name))))
    expect(other).toEqual([])
    expect(names('.').filter((name) => readFileSync(join(production, name)).includes(process.cwd()))).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('electron-builder packs exactly these files, into the same archive each time, with the licences beside it', async () => {
  test.skip(process.platform !== 'linux', 'it packs for Linux')
  const folder = await mkdtemp(join(tmpdir(), 'tuppence-packing-'))
  try {
    const first = await packForReal(join(folder, 'first'), process.env)
    expect(filesInArchive(join(first, 'app.asar'))).toEqual((await packedFor('linux', process.arch)).map(({ path }) => path))
    const beside = globSync('**/*', { cwd: first, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name).sort()
    expect(beside).toEqual(['LICENSE.txt', 'app.asar', `argon2.linux-${process.arch}-gnu.node`, 'keytar.node', 'licences.txt', `linux-${process.arch}.node`])
    const second = await packForReal(join(folder, 'second'), { ...process.env, TZ: 'Pacific/Apia' })
    expect(readFileSync(join(second, 'app.asar')).equals(readFileSync(join(first, 'app.asar')))).toBe(true)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('docs/THIRD-PARTY.md names every package in the bundles, and licences.txt has its text', () => {
  const bundled = { production: readBundled('production'), sandbox: readBundled('sandbox') }
  expect(bundled.production.length).toBeGreaterThan(40)
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, object> }
  // `npm run third-party` writes the table.
  expect(readThirdParty()).toContain(packageTable(bundled, packages))
  expect(new Set(namedPackages(readThirdParty()).map(({ name }) => name))).toEqual(new Set([...bundled.production, ...bundled.sandbox].map(({ name }) => name)))
  const licences = readFileSync(join(production, 'licences.txt'), 'utf8')
  expect(bundled.production.filter(({ name, version }) => !licences.includes(`${name}@${version} (`))).toEqual([])
  const sections = licences.split(/^-{80}$/m).filter((section) => /^\s*\S+@\S+ \((?!Unlicense)/.test(section))
  expect(sections.filter((section) => section.length < 500).map((section) => section.trim())).toEqual([])
})
