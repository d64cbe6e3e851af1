import { lingui } from '@lingui/vite-plugin'
import babel, { defineRolldownBabelPreset } from '@rolldown/plugin-babel'
import react from '@vitejs/plugin-react'
import type { Plugin, PluginOption } from 'vite'

/**
 * Lingui's own macro transform needs a native binary that is not there on every build machine; Babel's plugin always
 * is. Only files that use a macro go through Babel.
 */
const linguiMacros = defineRolldownBabelPreset({
  preset: () => ({ plugins: ['@lingui/babel-plugin-lingui-macro'] }),
  rolldown: { filter: { code: /from ['"]@lingui\/(?:core|react)\/macro['"]/ } },
})

/**
 * Both windows are wanted at once, so what they read is kept small. react-aria brings its few own words in 34 languages;
 * the pages are only ever shown in two.
 */
const leanPages: Plugin = {
  name: 'tuppence:lean-pages',
  apply: 'build',
  load: {
    filter: { id: /\/react-aria(?:-components)?\/dist\/private\/.*\/(?!en-US|de-DE)[a-z]{2}-[A-Z]{2}\.mjs$/ },
    handler: () => 'export default {}',
  },
}

/** What both pages need from Vite. A message without a translation fails the build. */
export const rendererPlugins: PluginOption[] = [
  leanPages,
  lingui({ failOnMissing: true, failOnCompileError: true }),
  babel({ presets: [linguiMacros] }),
  react(),
]
