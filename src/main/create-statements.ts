/** Statements: told on the screen, and saved as files. */
import { setImmediate } from 'node:timers/promises'
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import { createControlRecord } from './usecases/control-record.ts'
import { createSaveStatement } from './usecases/save-statement.ts'
import { createTellStatements } from './usecases/statements.ts'

type Deps = Omit<Parameters<typeof createSaveStatement>[0], 'controlRecord' | 'language' | 'nextTurn'>

const nextTurn = (): Promise<void> => setImmediate()

export function createStatements(deps: Deps) {
  const all = { ...deps, language: () => deps.appearance().language, nextTurn, controlRecord: createControlRecord({ nextTurn }) }
  return { telling: createTellStatements(all), saving: createSaveStatement(all) }
}

type StatementCall = Extract<keyof LauncherContract['calls'], `statements.${string}`>

export function createStatementHandlers({ telling, saving }: ReturnType<typeof createStatements>): Pick<Handlers<LauncherContract>, StatementCall> {
  return {
    'statements.months': telling.months,
    'statements.get': telling.get,
    'statements.save': saving.start,
    'statements.cancelSave': saving.cancel,
  }
}
