import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ProblemCodeSchema } from '../../../src/contract/http/messages.ts'
import { gatewayRoutes as routes } from '../../../src/contract/http/sandbox-routes.ts'
import { type Json, openApiDocument } from '../../../src/gateway/openapi.ts'

const document = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')) as Json

/** What a JSON pointer in a fragment (RFC 6901 §6) points at. */
function resolve(reference: string): unknown {
  let place: unknown = document
  for (const step of reference.replace(/^#\//, '').split('/')) place = (place as Json | undefined)?.[step]
  return place
}

/** Every value of the members with this name, anywhere. */
function membersNamed(name: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [...(key === name ? [member] : []), ...membersNamed(name, member)])
}

it('docs/openapi.json is what the schemas say now', () => {
  expect(document).toEqual(JSON.parse(JSON.stringify(openApiDocument())))
})

it('every reference leads somewhere', () => {
  const references = [...membersNamed('$ref', document), ...membersNamed('payload', document)]
  expect(references.length).toBeGreaterThan(20)
  for (const reference of references) expect(resolve(reference as string), reference as string).toBeDefined()
})

it('every route is there, with its parameters, its body, its security and its problems', () => {
  const paths = document['paths'] as Record<string, Record<string, Json>>
  expect(Object.values(paths).flatMap((path) => Object.keys(path))).toHaveLength(Object.keys(routes).length)
  for (const [name, route] of Object.entries(routes)) {
    const operation = paths[route.path]?.[route.method.toLowerCase()]
    expect(operation).toMatchObject({ operationId: name, responses: { 200: {}, default: { $ref: `#/components/responses/${'encoding' in route ? 'OAuthError' : 'Problem'}` } } })
    expect(Boolean(operation?.['requestBody'])).toBe('body' in route)
    const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)
    const parameters = (operation?.['parameters'] ?? []) as { in: string; name: string; required: boolean }[]
    expect(parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)).toEqual(named)
    const withToken = { dpop: [], accessToken: 'scope' in route ? [route.scope] : [] }
    const ways = { none: [], device: [{ dpop: [] }], enrolled: [{ dpop: [] }, withToken], account: [withToken], control: [{ controlToken: [] }] }[route.auth]
    expect(operation?.['security']).toEqual(ways)
  }
})

it('every problem code is named with its status', () => {
  expect(Object.keys(document['x-problem-codes'] as Json)).toEqual(ProblemCodeSchema.options)
})

it('bodies that are forms are told apart from JSON', () => {
  const paths = document['paths'] as Record<string, Record<string, Json>>
  const bodies = Object.values(routes).flatMap((route) => {
    const body = paths[route.path]?.[route.method.toLowerCase()]?.['requestBody'] as { content: Json } | undefined
    return body ? [[route.path.startsWith('/oauth/'), Object.keys(body.content)]] : []
  })
  for (const [isForm, types] of bodies) expect(types).toEqual([isForm ? 'application/x-www-form-urlencoded' : 'application/json'])
  expect(bodies.filter(([isForm]) => isForm)).toHaveLength(3)
})
