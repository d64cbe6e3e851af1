import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import type { Route } from '../../contract/http/routes.ts'
import { type GatewayRouteName, gatewayRoutes } from '../../contract/http/sandbox-routes.ts'
import { problem } from '../problems.ts'
import type { Guard } from './guard.ts'
import { type JsonBody, noBody } from './json-body.ts'
import type { Handlers, RouteCall } from './route-types.ts'

const nothing = v.undefined()
const noMembers = v.strictObject({})

/** Registers each handler at its route: caller checked, input parsed strictly, answer parsed before it leaves. */
export function registerRoutes<N extends GatewayRouteName>(app: FastifyInstance, handlers: Handlers<N>, guard: Guard): void {
  for (const name of Object.keys(handlers) as N[]) {
    const route: Route = gatewayRoutes[name]
    app.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      async handler(request, reply) {
        const device = await guard(name, route.auth, request)
        const call = { ...parseInput(route, request), device, hangUp: () => hangUp(reply) }
        const answer = await handlers[name](call as RouteCall<N>)
        return v.parse(route.response, answer)
      },
    })
  }
}

interface Input {
  readonly params: unknown
  readonly query: unknown
  readonly headers: unknown
  readonly body: unknown
  readonly bodyDigest: string
}

function parseInput(route: Route, request: FastifyRequest): Input {
  const body = (request.body as JsonBody | undefined) ?? noBody
  return {
    params: parse('params', route.params, request.params),
    query: parse('query', route.query ?? noMembers, request.query),
    headers: parse('headers', route.headers, request.headers),
    body: parse('body', route.body ?? nothing, body.value),
    bodyDigest: body.digest,
  }
}

function parse(part: string, schema: v.GenericSchema | undefined, value: unknown): unknown {
  if (!schema) return undefined
  const result = v.safeParse(schema, value)
  if (result.success) return result.output
  const place = v.getDotPath(result.issues[0]) ?? ''
  throw problem('badRequest', { title: `Nothing was charged: ${part} ${place} is not as this route takes it` })
}

function hangUp(reply: FastifyReply): never {
  reply.hijack()
  reply.raw.socket?.destroy()
  throw new Error('hung up')
}

