import { tempLog } from '../../support/temp-log.ts'
import { describeEventLog } from './event-log-contract.ts'

describeEventLog('on SQLite', async (clock, vault) => {
  const temp = tempLog(vault, clock)
  const log = await temp.open()
  return {
    log,
    async dispose() {
      await log.close()
      temp.dispose()
    },
  }
})
