import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import { rendererPlugins } from './src/renderer/vite-plugins.ts'

/**
 * Two flavours from the same sources. `sandbox` brings its own gateway and the testers' controls, `production` has
 * neither and reads its gateway from resources/gateway.json.
 */
const flavour = process.env['TUPPENCE_FLAVOUR'] ?? 'sandbox'
if (flavour !== 'sandbox' && flavour !== 'production') throw new Error(`TUPPENCE_FLAVOUR cannot be ${flavour}`)
const isSandbox = flavour === 'sandbox'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
const constants = (isDev: boolean) => ({
  __SANDBOX__: JSON.stringify(isSandbox),
  __DEV__: JSON.stringify(isDev),
  __VERSION__: JSON.stringify(version),
})

/** Only these stay outside the bundles: they are native code, or the runtime itself. */
const externalizeDeps = { include: ['@node-rs/argon2', 'better-sqlite3', 'keytar'], exclude: [] as string[] }
const outDir = (part: string) => `out/${flavour}/${part}`

export default defineConfig(({ command }) => ({
  main: {
    define: constants(command === 'serve'),
    build: {
      externalizeDeps,
      outDir: outDir('main'),
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          export: resolve('src/main/adapters/export/export-worker.ts'),
          documents: resolve('src/main/adapters/documents/document-worker.ts'),
          import: resolve('src/main/adapters/import/import-worker.ts'),
          history: resolve('src/main/adapters/sqlite/history-index/history-worker.ts'),
          ...(isSandbox && { gateway: resolve('src/gateway/utility.ts') }),
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      isolatedEntries: true,
      outDir: outDir('preload'),
      emptyOutDir: true,
      rolldownOptions: {
        input: { launcher: resolve('src/preload/launcher.ts'), confirm: resolve('src/preload/confirm.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: rendererPlugins,
    build: {
      outDir: outDir('renderer'),
      emptyOutDir: true,
      minify: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: {
          launcher: resolve('src/renderer/launcher/index.html'),
          confirm: resolve('src/renderer/confirm/index.html'),
        },
      },
    },
  },
}))
