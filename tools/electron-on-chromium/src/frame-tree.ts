import type { CdpSession } from './cdp.ts'
import { origins } from './reserved-origins.ts'

/** A frame as Chromium reports it; never what a page says about itself. */
export type Frame = {
  readonly id: string
  readonly number: number
  parent: Frame | null
  session: CdpSession
  /** As Chromium knows it, reserved host and all. */
  rawUrl: string
  name: string
  isDetached: boolean
  /** Execution contexts of the page's own world and of the preload's. */
  mainContext: number | undefined
  isolatedContext: number | undefined
}

export type FrameTree = {
  main: Frame
  get(id: string): Frame | undefined
  children(frame: Frame): Frame[]
  /** The frame whose isolated world has this context. */
  byIsolatedContext(session: CdpSession, contextId: number): Frame | undefined
  /** Follows the frames of one session: the page's, or that of an iframe in another process. */
  follow(session: CdpSession, isolatedWorldName: string, onContext: (frame: Frame) => void): void
}

let lastNumber = 0

export const frameUrl = (frame: Frame) => origins.fromReserved(frame.rawUrl)

export function createFrameTree(mainId: string, session: CdpSession): FrameTree {
  const frames = new Map<string, Frame>()
  const create = (id: string, parent: Frame | null, via: CdpSession): Frame => {
    lastNumber += 1
    const frame: Frame = {
      id, number: lastNumber, parent, session: via, rawUrl: '', name: '', isDetached: false, mainContext: undefined, isolatedContext: undefined,
    }
    frames.set(id, frame)
    return frame
  }
  const main = create(mainId, null, session)
  const children = (frame: Frame) => [...frames.values()].filter((each) => each.parent === frame)
  const remove = (frame: Frame) => {
    for (const child of children(frame)) remove(child)
    frame.isDetached = true
    frames.delete(frame.id)
  }

  return {
    main,
    children,
    get: (id) => frames.get(id),
    byIsolatedContext: (via, contextId) =>
      [...frames.values()].find((frame) => frame.session.id === via.id && frame.isolatedContext === contextId),
    follow(via, isolatedWorldName, onContext) {
      via.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
        const parent = frames.get(parentFrameId)
        if (parent && !frames.has(frameId)) create(frameId, parent, via)
      })
      via.on('Page.frameNavigated', ({ frame }) => {
        const known = frames.get(frame.id) ?? create(frame.id, frames.get(frame.parentId ?? '') ?? null, via)
        known.session = via
        known.rawUrl = (frame.unreachableUrl ?? frame.url) + (frame.urlFragment ?? '')
        known.name = frame.name ?? ''
      })
      via.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
        const frame = frames.get(frameId)
        if (frame) frame.rawUrl = url
      })
      via.on('Page.frameDetached', ({ frameId, reason }) => {
        const frame = frames.get(frameId)
        // 'swap' means that the frame goes on in another process.
        if (frame && reason === 'remove') remove(frame)
      })
      via.on('Runtime.executionContextCreated', ({ context }) => {
        const { frameId, isDefault } = (context.auxData ?? {}) as { frameId?: string; isDefault?: boolean }
        const frame = frames.get(frameId ?? '')
        if (!frame) return
        frame.session = via
        if (isDefault) frame.mainContext = context.id
        else if (context.name === isolatedWorldName) {
          frame.isolatedContext = context.id
          onContext(frame)
        }
      })
      via.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
        for (const frame of frames.values()) {
          if (frame.session.id !== via.id) continue
          if (frame.mainContext === executionContextId) frame.mainContext = undefined
          if (frame.isolatedContext === executionContextId) frame.isolatedContext = undefined
        }
      })
      via.on('Runtime.executionContextsCleared', () => {
        for (const frame of frames.values()) {
          if (frame.session.id === via.id) frame.mainContext = frame.isolatedContext = undefined
        }
      })
    },
  }
}
