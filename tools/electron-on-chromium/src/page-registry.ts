import type { FrameTree } from './frame-tree.ts'
import type { SessionState } from './session-state.ts'

/** A document about to be fetched for a frame. */
export type DocumentRequest = { frameId: string; url: string; isRedirect: boolean; isMainFrame: boolean }

/** What the network side needs to know of a page. */
export type PageOwner = {
  targetId: string
  webContentsId: number
  session: SessionState
  tree: FrameTree
  /** Resolves when documents may be loaded. */
  armed: Promise<unknown>
  /** Decides about a navigation; false stops it where it is. */
  allowsDocument(request: DocumentRequest): boolean
}

const pages = new Set<PageOwner>()

export const addPage = (page: PageOwner) => void pages.add(page)
export const removePage = (page: PageOwner) => void pages.delete(page)
export const pageOfFrame = (frameId: string) => [...pages].find((page) => page.tree.get(frameId) !== undefined)
export const pageOfTarget = (targetId: string) => [...pages].find((page) => page.targetId === targetId)
