import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de'],
  catalogs: [{ path: '<rootDir>/src/renderer/i18n/locales/{locale}/messages', include: ['<rootDir>/src/renderer'] }],
  // Line numbers would change the catalogues with every edit.
  format: formatter({ lineNumbers: false }),
})
