import type { Frame, FrameTree } from './frame-tree.ts'
import { frameUrl } from './frame-tree.ts'
import { evaluate } from './evaluate.ts'
import { strict } from './not-implemented.ts'

type Provided = Pick<
  Electron.WebFrameMain,
  | 'url' | 'origin' | 'name' | 'parent' | 'top' | 'frames' | 'framesInSubtree' | 'detached' | 'routingId' | 'processId'
  | 'frameTreeNodeId' | 'osProcessId' | 'executeJavaScript' | 'send' | 'isDestroyed'
>

export type FrameContext = {
  tree: FrameTree
  osProcessId(): number
  send(frame: Frame, channel: string, args: unknown[]): void
}

const views = new WeakMap<Frame, Electron.WebFrameMain>()

/** The object apps know a frame by; always the same one for the same frame, so that `===` can be relied on. */
export function webFrameMain(frame: Frame, context: FrameContext): Electron.WebFrameMain {
  const known = views.get(frame)
  if (known) return known
  const of = (other: Frame) => webFrameMain(other, context)
  const view = {
    get url() { return frameUrl(frame) },
    get origin() { return originOf(frameUrl(frame)) },
    get name() { return frame.name },
    get parent() { return frame.parent && of(frame.parent) },
    get top() { return frame.isDetached ? null : of(context.tree.main) },
    get frames() { return context.tree.children(frame).map(of) },
    get framesInSubtree() { return subtree(context.tree, frame).map(of) },
    get detached() { return frame.isDetached },
    get routingId() { return frame.number },
    get processId() { return context.osProcessId() },
    get osProcessId() { return context.osProcessId() },
    get frameTreeNodeId() { return frame.number },
    isDestroyed: () => frame.isDetached,
    executeJavaScript: (code, userGesture) => evaluate(frame, code, userGesture ?? false),
    send: (channel, ...args) => context.send(frame, channel, args),
  } satisfies Provided
  const object = strict('WebFrameMain', view) as unknown as Electron.WebFrameMain
  views.set(frame, object)
  return object
}

const subtree = (tree: FrameTree, frame: Frame): Frame[] => [frame, ...tree.children(frame).flatMap((child) => subtree(tree, child))]

/** URL.origin is 'null' for schemes Node does not know; Electron's standard schemes have one. */
export function originOf(url: string): string {
  const [, scheme, host] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)/i.exec(url) ?? []
  return host === undefined ? 'null' : `${scheme}://${host}`
}
