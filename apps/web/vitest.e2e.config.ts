import { defineConfig } from 'vitest/config'

/**
 * The console in a real browser on a real server and database. One file at a time: two cores carry all of it.
 */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/**/*.e2e.test.ts'],
    fileParallelism: false,
    testTimeout: 360_000,
    hookTimeout: 180_000,
  },
})
