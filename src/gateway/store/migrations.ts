import { shop0001 } from './migrations/0001-shop.ts'
import { moneyBack0002 } from './migrations/0002-money-back.ts'
import { controls0003 } from './migrations/0003-controls.ts'
import { members0004 } from './migrations/0004-members.ts'
import { disputes0005 } from './migrations/0005-disputes.ts'
import { signIns0006 } from './migrations/0006-sign-ins.ts'
import { accounts0007 } from './migrations/0007-accounts.ts'
import { deletion0008 } from './migrations/0008-deletion.ts'

/** Step n brings a file from `user_version` n to n + 1. Steps are only ever added: files that exist have run them. */
export const migrations: readonly string[] = [shop0001, moneyBack0002, controls0003, members0004, disputes0005, signIns0006, accounts0007, deletion0008]
