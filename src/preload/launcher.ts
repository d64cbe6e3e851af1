import { launcherContract } from '../contract/ipc/launcher.ts'
import { exposeContract } from './expose-contract.ts'

exposeContract(launcherContract)
