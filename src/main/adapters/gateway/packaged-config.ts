import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { type GatewayConfig, GatewayConfigSchema } from './gateway-config.ts'

/**
 * The gateway that was fixed at packaging. Null when there is none or it is not complete: then the app explains that it
 * has no gateway, rather than guess.
 */
export async function readPackagedConfig(file: string): Promise<GatewayConfig | null> {
  try {
    return v.parse(GatewayConfigSchema, JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}
