/**
 * The address of the launcher's page after its `#`: a path, and behind a question mark what a screen keeps there itself. wouter's own hook
 * takes the question for a part of the path, or writes it before the `#`, where it would stay on every other screen.
 */
import { useSyncExternalStore } from 'react'
import type { BaseLocationHook } from 'wouter'

function partsOf(hash: string): readonly [path: string, search: string] {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s)
  return [`/${path}`, search]
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  addEventListener('popstate', listener)
  return () => {
    removeEventListener('hashchange', listener)
    removeEventListener('popstate', listener)
  }
}

/** Goes to a path with or without a question. `replace`: without another step to go back. */
export function goTo(to: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  const [path, search] = partsOf(to)
  const oldURL = location.href
  // In front of a kiosk no step leads back to where the person before was.
  const isStep = !replace && !document.documentElement.hasAttribute('data-kiosk')
  history[isStep ? 'pushState' : 'replaceState'](null, '', `#${path}${search === '' ? '' : `?${search}`}`)
  dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: location.href }))
}

/** Whether the page is there now, whatever was drawn last. */
export function isAt(path: string, search: string): boolean {
  const [pathNow, searchNow] = partsOf(location.hash)
  return pathNow === path && searchNow === search
}

/** For wouter's `Router`. */
export const useHashPath: BaseLocationHook & { hrefs?: (href: string) => string } = () => [
  useSyncExternalStore(subscribe, () => partsOf(location.hash)[0]),
  goTo,
]
useHashPath.hrefs = (href) => `#${href}`

/** Likewise, for what follows the question mark. */
export const useHashQuestion = (): string => useSyncExternalStore(subscribe, () => partsOf(location.hash)[1])

