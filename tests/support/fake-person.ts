import type { AskPerson, Question } from '../../src/main/ports/ask-person.ts'

export interface FakePerson {
  readonly ask: AskPerson
  /** Everything that was asked in a box of the system, oldest first. */
  readonly questions: Question[]
  /** What the person answers from now on; yes at first. `meanwhile` happens while the box is open. */
  says(yes: boolean, meanwhile?: () => void): void
}

export function createFakePerson(): FakePerson {
  const questions: Question[] = []
  let answer = { yes: true, meanwhile: () => {} }
  return {
    questions,
    says: (yes, meanwhile = () => {}) => void (answer = { yes, meanwhile }),
    async ask(question) {
      questions.push(question)
      answer.meanwhile()
      return answer.yes
    },
  }
}
