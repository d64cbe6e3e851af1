import fs from 'node:fs'
import vm from 'node:vm'
import { birthPattern } from './birth.ts'
import type { Cdp, CdpSession } from './cdp.ts'
import { createFrameTree } from './frame-tree.ts'
import type { Frame, FrameTree } from './frame-tree.ts'
import { createCodec } from './inject/codec.ts'
import type { GuardedKey, GuardPolicy } from './inject/input-guard.ts'
import { bindingName, inputGuardSource, isolatedWorldName, isolatedWorldSource, mainWorldSource, preloadSource } from './inject/sources.ts'
import { policyCall } from './keyboard.ts'

const codec = createCodec()

/** What the isolated world of a page sends. */
export type RendererMessage =
  | { kind: 'invoke'; id: number; channel: string; args: unknown[] }
  | { kind: 'permission'; id: number; channel: string; args: unknown[] }
  | { kind: 'send'; channel: string; args: unknown[] }
  | { kind: 'windowOpen'; url: string; name: string; features: string }
  | { kind: 'windowClose' }
  | { kind: 'title'; title: string }
  | { kind: 'preloadError'; file: string; message: string; stack: string }
  | { kind: 'key'; key: GuardedKey; combination: string }
  | { kind: 'contextMenu'; params: { [key: string]: unknown } }
  | { kind: 'zoom'; factor: number }

export type PageSession = {
  targetId: string
  session: CdpSession
  tree: FrameTree
  /**
   * Resolves when bridge and preload are in place. A document must not come before: it may bring another process, which
   * takes along only what has been acknowledged.
   */
  armed: Promise<unknown>
  /** Sends text to the preload of a frame; false when there is none to hear it. */
  toIsolated(frame: Frame, expression: string): boolean
}

export type PageSessionOptions = {
  preload: string | undefined
  process: { [key: string]: unknown }
  onMessage(frame: Frame, message: RendererMessage): void
  policy(): GuardPolicy
  asksPermissions: boolean
  onPreloadError(file: string, error: Error): void
  /** A session of the page itself or of one of its frames in another process, before anything runs in it. */
  onSession(session: CdpSession): void
}

export type AttachedTarget = { targetId: string; sessionId: string }

/** Takes a fresh page and arms it: frames, bridge and preload. */
export function attachPage({ session: sessionOf }: Cdp, { targetId, sessionId }: AttachedTarget, options: PageSessionOptions): PageSession {
  const session = sessionOf(sessionId)
  const tree = createFrameTree(targetId, session)

  const follow = (via: CdpSession) => {
    const evaluate = (frame: Frame, expression: string) => via.post('Runtime.evaluate', { expression, contextId: frame.isolatedContext })
    tree.follow(via, isolatedWorldName, (frame) => evaluate(frame, policyCall(options.policy())))
    options.onSession(via)
    via.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== bindingName) return
      // The context tells the frame: nothing in the message could.
      const frame = tree.byIsolatedContext(via, executionContextId)
      if (!frame) return
      const message = codec.decode(payload) as RendererMessage
      if (frame.parent === null || message.kind === 'key' || message.kind === 'contextMenu') options.onMessage(frame, message)
    })
    for (const command of ['Page.enable', 'Runtime.enable', 'Inspector.enable'] as const) via.post(command)
    via.post('Page.setLifecycleEventsEnabled', { enabled: true })
    via.on('Target.attachedToTarget', ({ sessionId: childId, targetInfo }) => {
      const child = sessionOf(childId)
      if (targetInfo.type === 'iframe') {
        follow(child)
        for (const step of guard(child)) step.catch(() => {})
      }
      child.post('Runtime.runIfWaitingForDebugger')
    })
    via.post('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true })
  }
  const guard = (via: CdpSession) => [
    via.send('Runtime.addBinding', { name: bindingName, executionContextName: isolatedWorldName }),
    via.send('Page.addScriptToEvaluateOnNewDocument', { source: inputGuardSource(options.policy()), worldName: isolatedWorldName, runImmediately: via !== session }),
  ]
  const handshake = `eoc-${crypto.randomUUID()}`
  const addScript = (source: string, worldName?: string) => session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName })
  const preload = options.preload === undefined ? undefined : readPreload(options.preload, options.onPreloadError)
  follow(session)
  const armed = Promise.all([
    ...guard(session),
    addScript(mainWorldSource({ handshake, birthPattern, asksPermissions: options.asksPermissions })),
    addScript(isolatedWorldSource({ handshake, birthPattern, preload: options.preload ?? '', process: options.process }), isolatedWorldName),
    preload === undefined ? undefined : addScript(preload, isolatedWorldName),
  ])
  armed.catch(() => {})
  return {
    targetId,
    session,
    tree,
    armed,
    toIsolated(frame, expression) {
      if (frame.isolatedContext === undefined) return false
      frame.session.post('Runtime.evaluate', { expression, contextId: frame.isolatedContext })
      return true
    },
  }
}

/** A preload that cannot be read or parsed is reported, and the page loads without it, as in Electron. */
function readPreload(file: string, onError: (file: string, error: Error) => void): string | undefined {
  try {
    const text = fs.readFileSync(file, 'utf8')
    vm.compileFunction(text, [], { filename: file })
    return preloadSource(file, text)
  } catch (error) {
    onError(file, error as Error)
    return undefined
  }
}
