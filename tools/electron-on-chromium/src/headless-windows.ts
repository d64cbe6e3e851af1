import type { Cdp } from './cdp.ts'
import type { Targets } from './targets.ts'
import type { NativeListener, NativeWindow, WindowSystem } from './native-window.ts'

/** Windows where there is no display: pages without a frame; what can be said of one is remembered here. */
export function createHeadlessWindows(cdp: Cdp, targets: Targets): WindowSystem {
  const screen = { width: 1280, height: 800 }
  let focused: NativeListener | undefined

  const focus = (listener: NativeListener | undefined) => {
    if (focused === listener) return
    focused?.onFocus(false)
    focused = listener
    listener?.onFocus(true)
  }

  const frame = (targetId: string): NativeWindow => {
    let listener: NativeListener | undefined
    const later = (step: (to: NativeListener) => void) => queueMicrotask(() => listener && step(listener))
    return {
      listen: (to) => void (listener = to),
      show(activate) {
        later((to) => to.onMapped(true))
        if (activate) later(focus)
      },
      hide: () =>
        later((to) => {
          to.onMapped(false)
          if (focused === to) focus(undefined)
        }),
      activate: () => later(focus),
      deactivate: () => later((to) => focused === to && focus(undefined)),
      raise() {},
      minimize: () => later((to) => to.onMapped(false)),
      place(bounds) {
        later((to) => to.onBounds(bounds))
        cdp.browser
          .send('Browser.getWindowForTarget', { targetId })
          .then(({ windowId }) =>
            cdp.browser.send('Browser.setWindowBounds', { windowId, bounds: { left: bounds.x, top: bounds.y, width: bounds.width, height: bounds.height } }),
          )
          .catch(() => {})
      },
      setLevel() {},
      setTitle() {},
      setParent() {},
      setPointerInput() {},
    }
  }

  return {
    screen,
    open({ url }) {
      const created = targets.expecting(cdp.browser.send('Target.createTarget', { url, newWindow: true, width: 800, height: 600 }), (target) => target.targetId)
      return { targetId: created.then(({ targetId }) => targetId), native: created.then(({ targetId }) => frame(targetId)) }
    },
    close() {},
  }
}
