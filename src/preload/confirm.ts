import { confirmContract } from '../contract/ipc/confirm.ts'
import { exposeContract } from './expose-contract.ts'

exposeContract(confirmContract)
