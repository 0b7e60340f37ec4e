import { defineConfig } from 'vitest/config'

// Properties and vectors take as long as the machine takes: a limit on time would be a test of the machine.
export default defineConfig({ test: { testTimeout: 120_000 } })
