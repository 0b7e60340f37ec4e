import type { Page } from 'playwright-core'

export interface Answer {
  readonly status: number
  /** Chartward's own code of a refusal or failure; null for a success. */
  readonly code: string | null
  readonly data: unknown
}

const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )

/**
 * Calls a procedure from within the page, with the session and the origin that the page has: past the
 * console's own checks.
 */
export const callFrom = async (page: Page, procedure: string, input: object): Promise<Answer> => {
  const { status, body } = await page.evaluate(
    async ({ path, text }) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(path, { method: 'POST', headers, body: text })
      const parsed: unknown = await response.json()
      return { status: response.status, body: parsed }
    },
    { path: `/trpc/${procedure}`, text: JSON.stringify(input) },
  )
  const code = at(body, 'error', 'data', 'chartward')
  return { status, code: typeof code === 'string' ? code : null, data: at(body, 'result', 'data') }
}
