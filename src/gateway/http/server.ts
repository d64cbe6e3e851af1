import { STATUS_CODES } from 'node:http'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { TlsIdentity } from '../keys/tls-identity.ts'
import { isRefusal, type OAuthRefusal, toRefusal } from '../oauth/oauth-error.ts'
import { isProblem, problem, type ProblemError } from '../problems.ts'
import { acceptJsonOnly } from './json-body.ts'

const bodyLimitBytes = 32 * 1024

/** Answers are about money and made for one device: nothing in between may keep them or guess at their type. */
const everyAnswer = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

export interface ServerParts {
  readonly tls: TlsIdentity
  /** Addresses of the proxies whose `X-Forwarded-For` says who asks; nobody's where there are none. */
  readonly trustProxy?: readonly string[] | undefined
  /** Hears of failures that are bugs. Requests and bodies are never logged. */
  readonly onError: (error: unknown) => void
}

/** What a route says about itself to whoever answers for it when it fails. */
export interface RouteConfig {
  /** Failures are told as RFC 6749 §5.2 wants it, in the place of problem documents. */
  readonly answersAsOAuth?: boolean
}

/** The HTTPS server without its routes: limits, headers and problem documents (RFC 9457) for everything that fails. */
export function createServer({ tls, trustProxy = [], onError }: ServerParts): FastifyInstance {
  const refuse = (error: unknown, reply: FastifyReply) => sendProblem(reply, toProblem(error, onError))
  const app = fastify({
    https: { key: tls.pem, cert: tls.pem, minVersion: 'TLSv1.3', handshakeTimeout: 5000 },
    bodyLimit: bodyLimitBytes,
    trustProxy: trustProxy.length > 0 && [...trustProxy],
    // Longer than any delay that a tester can set; requestTimeout is what ends a client that trickles its bytes.
    connectionTimeout: 75_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 5000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 400 },
    logger: false,
    frameworkErrors(error, _request, reply) {
      void refuse(error, reply)
    },
    clientErrorHandler: refuseUnreadable,
  }) as unknown as FastifyInstance
  app.server.maxConnections = 256
  acceptJsonOnly(app)
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(everyAnswer)
  })
  endConnectionsWhenClosing(app)
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problem('notFound')))
  app.setErrorHandler((error, request, reply) => {
    if (reply.sent) return reply
    if (!answersAsOAuth(request)) return refuse(error, reply)
    return sendRefusal(reply, isRefusal(error) ? error : toRefusal(toProblem(error, onError)))
  })
  return app
}

/** A request that was under way when closing began would else leave an idle connection that close() waits for. */
function endConnectionsWhenClosing(app: FastifyInstance): void {
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
}

function answersAsOAuth({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as RouteConfig).answersAsOAuth === true
}

function sendRefusal(reply: FastifyReply, { refusal, status, headers }: OAuthRefusal): FastifyReply {
  return reply.code(status).headers(headers).send(refusal)
}

function toProblem(error: unknown, onError: (error: unknown) => void): ProblemError {
  if (isProblem(error)) return error
  const status = (error as FastifyError).statusCode ?? 500
  if (status >= 400 && status < 500) {
    const phrase = STATUS_CODES[status]?.toLowerCase() ?? 'bad request'
    return problem('badRequest', { status, title: `Nothing was charged: ${phrase}` })
  }
  onError(error)
  return problem('internal')
}

function sendProblem(reply: FastifyReply, { problem: document, headers }: ProblemError): FastifyReply {
  // With the headers of every answer once more: an address that cannot be read never reaches the hook.
  return reply
    .code(document.status)
    .headers({ ...everyAnswer, ...headers })
    .type('application/problem+json')
    .send(document)
}

/** What cannot be read as HTTP has no request and no reply: the answer is written on the bare socket. */
function refuseUnreadable(_error: unknown, socket: import('node:net').Socket): void {
  if (!socket.writable) return void socket.destroy()
  const body = JSON.stringify(problem('badRequest').problem)
  const head = ['HTTP/1.1 400 Bad Request', 'Connection: close', 'Cache-Control: no-store']
  head.push('Content-Type: application/problem+json', `Content-Length: ${Buffer.byteLength(body)}`)
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
