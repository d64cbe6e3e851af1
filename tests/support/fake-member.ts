/** The people at the trusted window: each types what is right, unless a test says otherwise. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Question, Reply, ReplyResult } from '../../src/contract/ipc/confirm.ts'
import type { TrustedQuestions } from '../../src/main/usecases/trusted-question.ts'
import type { FakeClock } from './fake-clock.ts'
import { rightCode } from './fake-gateway-step-up.ts'
import { codeOf, pinOf } from './household-people.ts'

/** What is typed in answer to a question; null for Cancel. */
export type Answers = (question: Question) => Reply | null

export interface FakeMember {
  /** Everything that was asked, oldest first, and what the answers came to. */
  readonly questions: Question[]
  readonly results: ReplyResult[]
  /** The secrets of authenticators, by name. */
  readonly authenticators: Map<string, string>
  /** The recovery codes that were shown last, by name. */
  readonly recoveryCodes: Map<string, readonly string[]>
  /** A code that was not used before: time passes where there has to be a new one. */
  code(name: string): string
  right: Answers
  /** Answers whatever is asked until the work has ended. */
  through<T>(work: Promise<T>, answers?: Answers): Promise<T>
  /** Waits for the next question, until it can be answered. */
  asked(): Promise<Question>
}

const stepMs = 30_000

export function createFakeMember(clock: FakeClock, questions: () => Pick<TrustedQuestions, 'answer' | 'cancel' | 'current'>): FakeMember {
  const asked: Question[] = []
  const results: ReplyResult[] = []
  const authenticators = new Map<string, string>()
  const recoveryCodes = new Map<string, readonly string[]>()
  let usedStep = 0

  function code(name: string): string {
    const secret = authenticators.get(name)
    if (secret === undefined) throw new Error(`${name} has no authenticator`)
    if (Math.floor(clock.now() / stepMs) <= usedStep) clock.advance(stepMs)
    usedStep = Math.floor(clock.now() / stepMs)
    return codeOf(secret, clock.now())
  }

  function right(question: Question): Reply {
    const { questionId } = question
    switch (question.kind) {
      case 'pin':
        return { kind: 'pin', questionId, pin: pinOf(question.who.name) }
      case 'operator':
        return { kind: 'operator', questionId, pin: pinOf('Operator') }
      case 'consent':
        return { kind: 'consent', questionId, pin: pinOf(question.who.name), ...(question.wantsCode && { code: code(question.who.name) }) }
      case 'newPin':
        return { kind: 'newPin', questionId, pin: pinOf(question.name) }
      case 'secondFactor':
        authenticators.set(question.name, question.secret)
        return { kind: 'secondFactor', questionId, code: code(question.name) }
      case 'stepUp':
        return { kind: 'stepUp', questionId, method: question.ways[0]!.method, code: rightCode }
      case 'recoveryCodes':
        recoveryCodes.set(question.name, question.codes)
        return { kind: 'recoveryCodes', questionId }
    }
  }

  async function answerNext(answers: Answers, isOver: () => boolean): Promise<void> {
    const question = questions().current()
    if (!question) return nextTurn()
    if (asked.at(-1)?.questionId !== question.questionId) asked.push(question)
    clock.advance(500)
    const reply = answers(question)
    if (!reply) return questions().cancel(question)
    results.push(await questions().answer(reply))
    // Nobody tries a second time unless the test does.
    if (results.at(-1)?.kind !== 'accepted' && !isOver()) questions().cancel(question)
  }

  return {
    ...{ questions: asked, results, authenticators, recoveryCodes, code, right },
    async through(work, answers = right) {
      const ended = { is: false }
      const end = () => void (ended.is = true)
      work.then(end, end)
      while (!ended.is) await answerNext(answers, () => ended.is)
      return work
    },
    async asked() {
      for (let turns = 0; turns < 1_000; turns += 1) {
        const question = questions().current()
        if (question) {
          clock.advance(500)
          return question
        }
        await nextTurn()
      }
      throw new Error('nothing was asked')
    },
  }
}
