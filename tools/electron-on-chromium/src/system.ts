import EventEmitter from 'node:events'
import { strict } from './not-implemented.ts'

type Source = 'system' | 'light' | 'dark'

/** nativeTheme: pages follow through `onChange`, which sets the preferred colour scheme they see. */
export function createNativeTheme(onChange: (source: Source) => void) {
  let source: Source = 'system'
  const emitter = new EventEmitter()
  const theme = {
    get themeSource() {
      return source
    },
    set themeSource(next: Source) {
      if (!['system', 'light', 'dark'].includes(next)) throw new TypeError(`Error processing argument at index 0, conversion failure from ${next}`)
      if (source === next) return
      source = next
      onChange(next)
      emitter.emit('updated')
    },
    get shouldUseDarkColors() {
      return source === 'dark'
    },
    shouldUseHighContrastColors: false,
    shouldUseInvertedColorScheme: false,
    prefersReducedTransparency: false,
    inForcedColorsMode: false,
  } satisfies Partial<Electron.NativeTheme>
  return strict('nativeTheme', Object.defineProperties(emitter, Object.getOwnPropertyDescriptors(theme)))
}

/** Suspend, lock and idle need a desktop session's services; apps may listen, nothing is ever announced. */
export const powerMonitor = strict('powerMonitor', new EventEmitter())

export const nativeImageModule = strict('nativeImage', {})
