import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addressGroup } from '../accounts/heat.ts'
import type { Environment } from '../environment.ts'
import { acceptFormsOnly, type FormFields } from '../http/form-body.ts'
import type { JsonBody } from '../http/json-body.ts'
import type { RateLimiter } from '../http/rate-limit.ts'
import { isProblem } from '../problems.ts'
import type { PageRoute } from './answers.ts'
import { assetsPath, readAssets } from './assets.ts'
import { cookieNames, readCookie, writeCookie } from './cookies.ts'
import { textOf } from './html.ts'
import { layout } from './layout.ts'
import { isFromOwnPage } from './origin.ts'
import { pageHeaders } from './page-headers.ts'
import type { PageParts } from './page-parts.ts'
import { pageRoutes } from './page-routes.ts'
import { createSeal, journeyAgeMs, type Seal } from './seal.ts'
import { problemViews } from './views/problem-views.ts'
import type { Answer, Journey, Page, Visit } from './visit.ts'
import { isLanguage, type Language, preferredLanguage, wordsOf } from './words/words.ts'

export interface PagesOptions extends PageParts, Environment {
  /** Folder of style sheet, fonts and scripts: `resources/account-pages`. */
  readonly folder: string
  /** Where people reach the pages, as it is configured; never what a request says. */
  readonly publicUrl: () => string
  readonly isSandbox: boolean
  /** Counts what is sent from one address. */
  readonly limiter: RateLimiter
  /** Hears of failures that are bugs. */
  readonly onError: (error: unknown) => void
}

const yearS = 365 * 24 * 60 * 60

/** The pages on which people sign up, sign in, let devices in and look after their account. */
export function registerPages(app: FastifyInstance, options: PagesOptions): void {
  void app.register(async (pages) => {
    const context = createContext(options)
    acceptFormsOnly(pages)
    pages.addHook('onRequest', async (request, reply) => {
      reply.headers(pageHeaders)
      // The style sheet is there under any name, also for the page that says that the name is wrong.
      const isAsset = request.url.startsWith(assetsPath)
      if (!isAsset && request.headers.host !== new URL(options.publicUrl()).host) return context.problem(request, reply, 421, problemViews.wrongHost)
      return undefined
    })
    pages.setErrorHandler((error, request, reply) => context.fail(error, request, reply))
    for (const [path, route] of Object.entries(pageRoutes(options))) register(pages, path, route, context)
    registerAssets(pages, context)
    pages.get('/', (_request, reply) => reply.redirect('/account', 303))
    pages.all('/account/*', (request, reply) => context.problem(request, reply, 404, problemViews.notFound))
    pages.all('/device/*', (request, reply) => context.problem(request, reply, 404, problemViews.notFound))
  })
}

function register(pages: FastifyInstance, path: string, { get, post }: PageRoute, context: Context): void {
  if (get) pages.get(path, async (request, reply) => context.send(request, reply, get))
  if (post) pages.post(path, async (request, reply) => context.send(request, reply, post))
}

function registerAssets(pages: FastifyInstance, { assets, problem }: Context): void {
  pages.get(`${assetsPath}:version/:name`, async (request, reply) => {
    const { name } = request.params as { readonly name: string }
    const asset = request.url.startsWith(assets.basePath) ? assets.find(name) : undefined
    if (!asset) return problem(request, reply, 404, problemViews.notFound)
    // Its address changes with its bytes, and it is about nobody.
    return reply.header('cache-control', `public, max-age=${yearS}, immutable`).type(asset.type).send(asset.bytes)
  })
}

type Context = ReturnType<typeof createContext>

function createContext(options: PagesOptions) {
  const { identity, isSandbox, folder, publicUrl, limiter, randomBytes, onError } = options
  const seal = createSeal(options)
  const assets = readAssets(folder)
  const frame = { assetsBase: assets.basePath, isSandbox }

  async function visitOf(request: FastifyRequest): Promise<Visit> {
    const language = languageOf(request)
    const known = readCookie(request.headers.cookie, cookieNames.session)
    const sessionId = known ?? Buffer.from(randomBytes(32)).toString('base64url')
    return {
      path: pathOf(request),
      query: flat(request.query),
      fields: ((request.body as JsonBody | undefined)?.value ?? {}) as FormFields,
      language,
      words: wordsOf(language),
      caller: { ip: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, 300), language },
      sessionId,
      signedIn: await identity.session(known),
      journey: seal.open(readCookie(request.headers.cookie, cookieNames.journey), sessionId),
      formToken: seal.formToken(sessionId),
    }
  }

  async function send(request: FastifyRequest, reply: FastifyReply, handler: (visit: Visit) => Promise<Answer> | Answer): Promise<FastifyReply> {
    const visit = await visitOf(request)
    if (request.method === 'POST') {
      limiter.count(`pages ${addressGroup(request.ip)}`)
      const isOurs = isFromOwnPage(request.headers, new URL(publicUrl()).origin) && seal.isFormToken(visit.fields['token'], visit.sessionId)
      if (!isOurs) return problem(request, reply, 403, (words) => problemViews.stale(words, visit.path))
    }
    const answer = await handler(visit)
    setCookies(reply, visit, answer)
    return write(reply, visit, answer)
  }

  function setCookies(reply: FastifyReply, visit: Visit, answer: Answer): void {
    const { session, journey } = answer.kind === 'file' ? {} : answer
    // Who signs in or out gets another id, so that one that was planted or seen before is worth nothing.
    const sessionId = session === null ? Buffer.from(randomBytes(32)).toString('base64url') : (session ?? visit.sessionId)
    void reply.header('set-cookie', writeCookie(cookieNames.session, sessionId))
    void reply.header('set-cookie', journeyCookie(seal, journey ?? afterShowing(visit, answer), sessionId))
    if (isLanguage(visit.query['lang'])) void reply.header('set-cookie', writeCookie(cookieNames.language, visit.query['lang'], yearS))
  }

  function write(reply: FastifyReply, visit: Visit, answer: Answer): FastifyReply {
    switch (answer.kind) {
      case 'page':
        if (answer.waitMs !== undefined) void reply.header('retry-after', String(Math.ceil(answer.waitMs / 1000)))
        return writePage(reply, visit, answer.page, answer.status ?? 200)
      case 'goTo':
        return reply.redirect(answer.path, 303)
      case 'json':
        return reply.code(answer.status ?? 200).type('application/json; charset=utf-8').send(answer.value)
      case 'file':
        return reply.type('application/json; charset=utf-8').header('content-disposition', `attachment; filename="${answer.name}"`).send(JSON.stringify(answer.value, null, 2))
    }
  }

  function writePage(reply: FastifyReply, visit: Parameters<typeof layout>[0], page: Page, status: number): FastifyReply {
    return reply.code(status).type('text/html; charset=utf-8').header('content-language', visit.language).header('vary', 'accept-language, cookie').send(textOf(layout(visit, page, frame)))
  }

  /** A page about a failure, which knows nobody and changes nothing. */
  function problem(request: FastifyRequest, reply: FastifyReply, status: number, view: (words: ReturnType<typeof wordsOf>) => Page): FastifyReply {
    const language = languageOf(request)
    const words = wordsOf(language)
    const visit = { path: pathOf(request), query: {}, language, words, journey: {} }
    return writePage(reply.headers(pageHeaders), visit, { ...view(words), isError: true }, status)
  }

  function fail(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (reply.sent) return reply
    const status = isProblem(error) ? error.problem.status : ((error as { statusCode?: number }).statusCode ?? 500)
    if (status === 429 && isProblem(error)) {
      const waitS = Number(error.headers['retry-after'] ?? 60)
      return problem(request, reply.header('retry-after', String(waitS)), 429, (words) => problemViews.wait(words, waitS * 1000))
    }
    if (status >= 400 && status < 500) return problem(request, reply, status, problemViews.badRequest)
    onError(error)
    return problem(request, reply, 500, problemViews.internal)
  }

  return { assets, send, problem, fail }
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? url
}

/** Of a name that comes twice the first counts. */
function flat(query: unknown): FormFields {
  return Object.fromEntries(Object.entries((query ?? {}) as Record<string, string | string[]>).map(([name, value]) => [name, Array.isArray(value) ? (value[0] ?? '') : value]))
}

function languageOf({ query, headers }: FastifyRequest): Language {
  const asked = flat(query)['lang']
  if (isLanguage(asked)) return asked
  const kept = readCookie(headers.cookie, cookieNames.language)
  return isLanguage(kept) ? kept : preferredLanguage(headers['accept-language'])
}

/** What was said once has been said when a page was shown. */
function afterShowing({ journey }: Visit, answer: Answer): Journey {
  if (answer.kind !== 'page') return journey
  const { notice: _said, ...rest } = journey
  return rest
}

function journeyCookie(seal: Seal, journey: Journey, sessionId: string): string {
  const isEmpty = Object.keys(journey).length === 0
  return writeCookie(cookieNames.journey, isEmpty ? '' : seal.close(journey, sessionId), isEmpty ? 0 : journeyAgeMs / 1000)
}
