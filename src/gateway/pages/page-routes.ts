import type { PageRoutes } from './answers.ts'
import type { PageParts } from './page-parts.ts'
import { accountRoutes } from './routes/account-routes.ts'
import { deviceRoutes } from './routes/device-routes.ts'
import { factorRoutes } from './routes/factor-routes.ts'
import { resetRoutes } from './routes/reset-routes.ts'
import { sandboxRoutes } from './routes/sandbox-routes.ts'
import { scriptRoutes } from './routes/script-routes.ts'
import { secondFactorRoutes } from './routes/second-factor-routes.ts'
import { settingRoutes } from './routes/setting-routes.ts'
import { signInRoutes } from './routes/sign-in-routes.ts'
import { signUpRoutes } from './routes/sign-up-routes.ts'

/** Every page, by its path. */
export function pageRoutes(parts: PageParts): PageRoutes {
  return {
    ...deviceRoutes(parts),
    ...signUpRoutes(parts),
    ...signInRoutes(parts),
    ...secondFactorRoutes(parts),
    ...resetRoutes(parts),
    ...accountRoutes(parts),
    ...settingRoutes(parts),
    ...factorRoutes(parts),
    ...scriptRoutes(parts),
    ...sandboxRoutes(parts),
  }
}
