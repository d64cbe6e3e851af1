import type { Rectangle, SizeHints } from './native-window.ts'

type Options = Electron.BrowserWindowConstructorOptions

/** Where a new window goes: where the app says, else in the middle of the screen. */
export function initialBounds({ x, y, width = 800, height = 600 }: Options, screen: { width: number; height: number }): Rectangle {
  const middle = { x: Math.max(0, Math.round((screen.width - width) / 2)), y: Math.max(0, Math.round((screen.height - height) / 2)) }
  return { x: x ?? middle.x, y: y ?? middle.y, width, height }
}

export const sizeHints = ({ minWidth, minHeight, resizable, minimizable, maximizable, closable }: Options): SizeHints => ({
  minWidth: minWidth ?? 0,
  minHeight: minHeight ?? 0,
  isResizable: resizable ?? true,
  isMinimizable: minimizable ?? true,
  isMaximizable: maximizable ?? true,
  isClosable: closable ?? true,
})

/** Never smaller than the app allows. */
export const atLeast = (bounds: Rectangle, { minWidth, minHeight }: SizeHints): Rectangle => ({
  ...bounds,
  width: Math.max(bounds.width, minWidth),
  height: Math.max(bounds.height, minHeight),
})
