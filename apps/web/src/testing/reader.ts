import { vi } from 'vitest'

/* Tests are read by an American, whatever language the machine has that runs them. */
vi.stubGlobal('navigator', { language: 'en-US' })
