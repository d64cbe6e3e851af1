/**
 * What the trusted window asks besides purchases: who somebody is, and PINs and second factors that are chosen. A PIN comes in
 * here and goes to whoever asked for it; it is never kept, written down or told.
 */
import type { CodeWay } from '../../contract/account.ts'
import type { Question, Reply, ReplyResult } from '../../contract/ipc/confirm.ts'
import { calmBeforeAnswerMs } from '../../domain/challenge.ts'
import type { Clock } from '../ports/clock.ts'
import type { ConfirmWindow } from '../ports/confirm-window.ts'
import type { Ids } from '../ports/ids.ts'
import type { PendingChallengeSlot } from './pending-challenge.ts'

export interface TrustedQuestionsDeps {
  readonly clock: Clock
  readonly confirmWindow: ConfirmWindow
  readonly ids: Pick<Ids, 'questionId'>
  /** Told when the window has another question than it had. */
  readonly onQuestionChanged: () => void
  /** Told why the window failed; whoever asked is told that nobody answered. */
  readonly onUnexpected: (error: unknown) => void
  /** Kept from purchases meanwhile: a person is asked one thing at a time. */
  readonly pending: Pick<PendingChallengeSlot, 'reserve' | 'release'>
}

type Kind = Question['kind']
type WithoutId<Q> = Q extends Question ? Omit<Q, 'questionId'> : never
type Unasked = WithoutId<Question>
type PinKind = 'consent' | 'pin' | 'operator'
type ReplyTo<K extends Kind> = Extract<Reply, { kind: K extends PinKind ? PinKind : K }>
type Check<R> = (reply: R) => ReplyResult | Promise<ReplyResult>

/** One window, in which one thing is asked after the other. */
export interface Dialogue {
  /**
   * `check` says what an answer comes to; `accepted` ends the question. Resolves with the answer that was accepted, or with null
   * where the person cancelled, closed the window, or did not answer for five minutes: then nothing more can be asked. `digest` is that of
   * what the account's second factor is asked for.
   */
  ask<Q extends Unasked>(question: Q, check: Check<ReplyTo<Q['kind']>>, digest?: string): Promise<ReplyTo<Q['kind']> | null>
  close(): void
}

interface Asked {
  readonly question: Question
  readonly check: Check<Reply>
  readonly digest: string | null
  readonly end: (reply: Reply | null) => void
  readonly atMs: { readonly wall: number; readonly monotonic: number }
  isBeingChecked: boolean
}

/** How long a question waits for its answer, and how often it is asked whether that time is up; milliseconds. */
export const questionLifeMs = 5 * 60_000
const lookEveryMs = 1_000

export type TrustedQuestions = ReturnType<typeof createTrustedQuestions>

export function createTrustedQuestions(deps: TrustedQuestionsDeps) {
  let asked: Asked | null = null
  let endOpen: (() => void) | null = null

  /** Null while something else is asked. */
  function begin(): Dialogue | null {
    if (endOpen || !deps.pending.reserve()) return null
    // It may still tell what became of a purchase.
    deps.confirmWindow.close()
    let isOver = false
    let isShown = false

    function close(): void {
      if (isOver) return
      isOver = true
      endOpen = null
      const unanswered = asked
      asked = null
      deps.pending.release()
      if (isShown) deps.confirmWindow.close()
      unanswered?.end(null)
    }

    function show(): void {
      if (isShown) return deps.onQuestionChanged()
      isShown = true
      deps.confirmWindow.open(close, 'questions').catch((error: unknown) => {
        // One that was closed while it loaded fails to load, and has been answered by that already.
        if (isOver) return
        close()
        deps.onUnexpected(error)
      })
    }

    endOpen = close
    return {
      close,
      async ask<Q extends Unasked>(unasked: Q, check: Check<ReplyTo<Q['kind']>>, digest?: string) {
        if (isOver) return null
        if (asked) throw new Error('one question after the other')
        const answered = Promise.withResolvers<Reply | null>()
        const question: Question = { ...unasked, questionId: deps.ids.questionId() }
        const atMs = { wall: deps.clock.now(), monotonic: deps.clock.monotonicMs() }
        asked = { question, check: check as Check<Reply>, digest: digest ?? null, end: answered.resolve, atMs, isBeingChecked: false }
        show()
        const stopWatching = watchForLapse(asked, close)
        return (await answered.promise.finally(stopWatching)) as ReplyTo<Q['kind']> | null
      },
    }
  }

  /** Looked at again and again, because a timer stands still while the computer is suspended. */
  function watchForLapse(watched: Asked, lapse: () => void): () => void {
    let takeBack = () => {}
    function look(): void {
      if (asked !== watched) return
      const { wall, monotonic } = watched.atMs
      const elapsedMs = Math.max(deps.clock.monotonicMs() - monotonic, deps.clock.now() - wall)
      if (elapsedMs >= questionLifeMs) return lapse()
      takeBack = deps.clock.after(lookEveryMs, look)
    }
    look()
    return () => takeBack()
  }

  /** A question that has just taken the place of another is as new to the person as a window that has just appeared. */
  function isTooSoon({ atMs }: Asked): boolean {
    return Math.min(deps.confirmWindow.calmForMs(), deps.clock.monotonicMs() - atMs.monotonic) < calmBeforeAnswerMs
  }

  return {
    begin,
    current: (): Question | null => asked?.question ?? null,
    /** For what the question of this id asks for the account's second factor, and how it can be given; null where it is not asked now. */
    stepUpAsked(questionId: string): { readonly digest: string; readonly ways: readonly CodeWay[] } | null {
      if (asked?.question.questionId !== questionId || asked.question.kind !== 'stepUp' || asked.digest === null) return null
      return { digest: asked.digest, ways: asked.question.ways }
    },
    async answer(reply: Reply): Promise<ReplyResult> {
      const open = asked
      if (open?.question.questionId !== reply.questionId || open.question.kind !== reply.kind) {
        throw new Error('an answer to something that was not asked')
      }
      if (isTooSoon(open) || open.isBeingChecked) return { kind: 'tooSoon' }
      open.isBeingChecked = true
      try {
        const result = await open.check(reply)
        if (result.kind === 'accepted' && asked === open) {
          asked = null
          open.end(reply)
        }
        return result
      } finally {
        open.isBeingChecked = false
      }
    },
    /** A late word about an earlier question closes nothing. */
    cancel({ questionId }: { readonly questionId: string }): void {
      if (asked?.question.questionId === questionId) endOpen?.()
    },
  }
}
