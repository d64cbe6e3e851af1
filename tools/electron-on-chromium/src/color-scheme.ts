import type { CdpSession } from './cdp.ts'

type ColorScheme = 'system' | 'light' | 'dark'

const pages = new Set<CdpSession>()
let scheme: ColorScheme = 'system'

const apply = (page: CdpSession) =>
  page.post('Emulation.setEmulatedMedia', { features: scheme === 'system' ? [] : [{ name: 'prefers-color-scheme', value: scheme }] })

/** What nativeTheme.themeSource says, for all pages, present and future. */
export function setColorScheme(next: ColorScheme): void {
  scheme = next
  pages.forEach(apply)
}

/** Lets a page follow it; returns how to stop that. */
export function followColorScheme(page: CdpSession): () => void {
  pages.add(page)
  if (scheme !== 'system') apply(page)
  return () => void pages.delete(page)
}
