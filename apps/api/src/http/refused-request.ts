import type { App } from '../app.ts'

/** What is known of a request before anybody asks who makes it. */
interface Refused {
  readonly requestId: string
  readonly ip: string
  readonly userAgent: string | null
  readonly reason: string
}

/** Commits that a request was refused before it was known which procedure or verb it is for. */
export const commitRefused = async (
  { refusals }: Pick<App, 'refusals'>,
  { requestId, ip, userAgent, reason }: Refused,
): Promise<void> => {
  await refusals.commit({
    action: 'request.refused',
    outcome: 'refused',
    actor: { kind: 'anonymous' },
    resource: { type: 'none', id: null },
    requestId,
    ip,
    userAgent,
    reason,
  })
}
