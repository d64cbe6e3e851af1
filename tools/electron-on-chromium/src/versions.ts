import { createRequire } from 'node:module'
import { chromiumVersion } from './chromium.ts'

/** The version of Electron's API that is stood in for: the installed npm package's. */
function electronVersion(): string {
  try {
    return (createRequire(import.meta.url)('electron/package.json') as { version: string }).version
  } catch {
    return '0.0.0'
  }
}

let chrome: string | undefined

/** Chromium's version; once it runs it tells, before that its binary is asked. */
export const chromeVersion = () => (chrome ??= chromiumVersion())
export const setChromeVersion = (product: string) => void (chrome = product.split('/')[1] ?? product)

export const chromiumUserAgent = () =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chromeVersion().split('.')[0]}.0.0.0 Safari/537.36`

/** Adds Electron's own entries to process.versions, which Node keeps read-only. */
export function installVersions(): void {
  const versions = Object.defineProperties({ ...process.versions }, {
    electron: { value: electronVersion(), enumerable: true },
    chrome: { get: chromeVersion, enumerable: true },
  })
  Object.defineProperty(process, 'versions', { value: versions, enumerable: true, configurable: true })
}
