import type { Mutant } from '../mutant.ts'

const UNFINISHED_TEST = 'apps/api/src/demo/unfinished.test.ts'

/** What a demo makes up, and what it must not touch. */
export const DEMO: readonly Mutant[] = [
  {
    name: 'a folder that no unfinished demo has marked is emptied',
    file: 'apps/api/src/demo/unfinished.ts',
    from: 'if (!existsSync(markIn(folder))) return false',
    to: '',
    test: UNFINISHED_TEST,
    only: 'loses nothing',
  },
  {
    name: 'a database without a mark is taken for a demo’s own',
    file: 'apps/api/src/demo/unfinished.ts',
    from: "existsSync(join(folder, 'postgres.json')) && !existsSync(markIn(folder))",
    to: "!existsSync(folder) && existsSync(join(folder, 'postgres.json'))",
    test: UNFINISHED_TEST,
    only: 'somebody’s data',
  },
  {
    name: 'what is stamped with a made-up time has two orders',
    file: 'apps/api/src/demo/activity/clock.ts',
    from: 'while (this.#shown.has(time)) time++',
    to: '',
    test: 'apps/api/src/demo/activity/clock.test.ts',
    only: 'no millisecond twice, whoever',
  },
  {
    name: 'what comes after a made-up day is of before its end',
    file: 'apps/api/src/demo/activity/clock.ts',
    from: 'this.#floor = Math.max(this.#floor, time)',
    to: 'this.#floor = Math.min(this.#floor, time)',
    test: 'apps/api/src/demo/activity/clock.test.ts',
    only: 'once that is settled',
  },
  {
    name: 'ids go on with the clock of a past that is over',
    file: 'apps/api/src/core/ids.ts',
    from: 'making = BY_MACHINE\n  }',
    to: '}',
    test: 'apps/api/src/core/ids.test.ts',
    only: 'machine’s again',
  },
  {
    name: 'entries of a past stand in another order than their times',
    file: 'apps/api/src/core/ids.ts',
    from: 'making === BY_MACHINE ? clock() : new Date(madeAt(own))',
    to: 'clock()',
    test: 'apps/api/src/core/ids.test.ts',
    only: 'of its time',
  },
  {
    name: 'a demo that is being made answers as if it were there',
    file: 'apps/api/src/demo/start-page.ts',
    from: "path === '/healthz' ? 200 : 503",
    to: 'path === null ? 503 : 200',
    test: 'apps/api/src/demo/start-page.test.ts',
    only: 'lets nobody in',
  },
]
