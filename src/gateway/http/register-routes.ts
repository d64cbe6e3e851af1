import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import type { Route } from '../../contract/http/routes.ts'
import { type GatewayRouteName, gatewayRoutes } from '../../contract/http/sandbox-routes.ts'
import { inputRefusal } from '../oauth/oauth-error.ts'
import { problem } from '../problems.ts'
import { callerOf } from './caller.ts'
import { acceptFormsOnly, type FormFields } from './form-body.ts'
import type { Guard } from './guard.ts'
import { type JsonBody, noBody } from './json-body.ts'
import type { RouteConfig } from './server.ts'
import type { Handlers, RouteCall } from './route-types.ts'

const nothing = v.undefined()
const noMembers = v.strictObject({})

/** Registers each handler at its route: caller checked, input parsed strictly, answer parsed before it leaves. */
export function registerRoutes<N extends GatewayRouteName>(app: FastifyInstance, handlers: Handlers<N>, guard: Guard): void {
  const names = Object.keys(handlers) as N[]
  const takesForm = (name: N) => routeOf(name).encoding === 'form'
  for (const name of names.filter((each) => !takesForm(each))) registerRoute(app, name, handlers[name], guard)
  const forms = names.filter(takesForm)
  if (forms.length === 0) return
  void app.register(async (plugin) => {
    acceptFormsOnly(plugin)
    for (const name of forms) registerRoute(plugin, name, handlers[name], guard)
  })
}

const routeOf = (name: GatewayRouteName): Route => gatewayRoutes[name]

function registerRoute<N extends GatewayRouteName>(app: FastifyInstance, name: N, handle: Handlers<N>[N], guard: Guard): void {
  const route = routeOf(name)
  app.route({
    method: route.method,
    url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    config: { answersAsOAuth: route.encoding === 'form' } satisfies RouteConfig,
    async handler(request, reply) {
      const admitted = await guard(name, route, request)
      const call = { ...parseInput(route, request), ...admitted, caller: callerOf(request), hangUp: () => hangUp(reply) }
      const answer = await handle(call as RouteCall<N>)
      return v.parse(route.response, answer)
    },
  })
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
    body: route.encoding === 'form' ? parseForm(route.body ?? noMembers, body.value) : parse('body', route.body ?? nothing, body.value),
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

function parseForm(schema: v.GenericSchema, value: unknown): unknown {
  const result = v.safeParse(schema, givenFields((value ?? {}) as FormFields))
  if (result.success) return result.output
  throw inputRefusal(result.issues[0])
}

/** RFC 6749 §3.2: a parameter without a value counts as left out. */
function givenFields(fields: FormFields): FormFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

function hangUp(reply: FastifyReply): never {
  reply.hijack()
  reply.raw.socket?.destroy()
  throw new Error('hung up')
}

