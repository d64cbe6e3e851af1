import { tempLog } from '../../support/temp-log.ts'
import { describeEventLog, type OpenSubject } from './event-log-contract.ts'
import { describeLimitsOf } from './limits-contract.ts'

const open: OpenSubject = async (clock, vault) => {
  const temp = tempLog(vault, clock)
  const log = await temp.open()
  return {
    log,
    async dispose() {
      await log.close()
      temp.dispose()
    },
  }
}

describeEventLog('on SQLite', open)
describeLimitsOf('on SQLite', open)
