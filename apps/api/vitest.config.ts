import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: '@chartward/db/testing/global-setup',
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Each file has a database of its own and waits for much of its time, so that two cores take two at once.
    maxWorkers: 2,
  },
})
