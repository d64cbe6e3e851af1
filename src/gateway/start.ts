import sandboxCatalogue from '../../resources/sandbox-catalogue.json' with { type: 'json' }
import * as v from 'valibot'
import { CatalogueSchema } from '../contract/catalogue.ts'
import type { GatewayArguments } from './arguments.ts'
import { createGateway, type Gateway } from './create-gateway.ts'

/** Starts a gateway that sells the sandbox's catalogue. Throws an error whose message a person can act on. */
export async function start(args: GatewayArguments, now: () => number = Date.now): Promise<Gateway> {
  const onError = (error: unknown) => console.error('Gateway error:', error)
  try {
    return await createGateway({ ...args, catalogue: v.parse(CatalogueSchema, sandboxCatalogue), now, onError })
  } catch (error) {
    throw new Error(explain(error as NodeJS.ErrnoException, args), { cause: error })
  }
}

function explain(error: NodeJS.ErrnoException, { dataDir, port }: GatewayArguments): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Choose another, or 0 for any that is free.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return error.syscall === 'listen'
        ? `This account may not use port ${port}.`
        : `This account may not write to the folder ${dataDir}.`
    case 'EEXIST':
    case 'ENOTDIR':
      return `${dataDir} is not a folder.`
    default:
      return `The gateway could not start in ${dataDir}: ${error.message}`
  }
}
