/** The calls of both pages about who is in the household, and who somebody is. */
import type { ConfirmContract } from '../contract/ipc/confirm.ts'
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import type { createAccess } from './create-access.ts'
import type { createHousehold } from './create-household.ts'

type Access = ReturnType<typeof createAccess>
type LauncherCall = Extract<keyof LauncherContract['calls'], `household.${string}` | `profiles.${string}`>
type ConfirmCall = Extract<keyof ConfirmContract['calls'], `question.${string}` | `stepUp.${string}`>

export function createHouseholdHandlers(
  { profiles }: Access,
  household: ReturnType<typeof createHousehold>,
): Pick<Handlers<LauncherContract>, LauncherCall> {
  return {
    'household.get': household.reportHousehold,
    'household.setUp': household.setUpHousehold,
    'household.addMember': household.addMember,
    'household.rename': household.renameMember,
    'household.setPin': household.setPin,
    'household.setSecondFactor': household.setSecondFactor,
    'profiles.open': profiles.open,
    'profiles.lock': () => {
      profiles.lock()
      return {}
    },
    'profiles.touch': () => {
      profiles.touch()
      return {}
    },
  }
}

export function createQuestionHandlers({ questions, sendStepUpCode }: Access): Pick<Handlers<ConfirmContract>, ConfirmCall> {
  return {
    'question.answer': questions.answer,
    'question.cancel': (asked) => {
      questions.cancel(asked)
      return {}
    },
    'stepUp.sendCode': sendStepUpCode,
  }
}
