import { createClient } from '../lib/client.ts'

/** No guard link here: this is where a missing session leads to, and nothing here needs step-up. */
export const api = createClient()
